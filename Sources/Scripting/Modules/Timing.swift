import CLuaShim

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `time` and `bench`.
enum Timing {
  static func words(_ machine: LuaMachine) -> [Function] { [time(machine), bench(machine)] }

  private static var body: Parameter<LuaReference> { .function("body", "the function to run, without arguments") }

  private static func time(_ machine: LuaMachine) -> Function {
    let body = body
    return Function(
      Signature(
        "time", "Runs a function once and says how long it took.", [body],
        result: "a result with seconds (wall) and cpu_seconds", example: "time(function() fed:train{ rounds = 1 } end)")
    ) { arguments in
      let wall = Clock.wall
      let cpu = Clock.cpu
      try machine.call(arguments[body], results: 0)
      let seconds = Clock.wall - wall
      let cpuSeconds = Clock.cpu - cpu
      return .object(
        ResultObject(
          "\(shown(seconds)) (\(shown(cpuSeconds)) of processor time)",
          fields: ["seconds": .number(seconds), "cpu_seconds": .number(cpuSeconds)]))
    }
  }

  private static func bench(_ machine: LuaMachine) -> Function {
    let body = body
    let seconds = Parameter<Double>.number(
      "seconds", "how long to measure, about", unit: "seconds", default: 1, domain: .positive)
    return Function(
      Signature(
        "bench", "Runs a function again and again and gives the median time of one run, with its spread.",
        [body, seconds], result: "a result with median, low, high (quartiles, seconds of processor time) and runs",
        example: "bench(function() return math.sin(1) end)")
    ) { arguments in
      let function = arguments[body]
      try machine.call(function, results: 0)
      // Batches of at least a millisecond, so that the clock's own cost does not count.
      var batch = 1
      while true {
        let took = try measure(machine, function, batch)
        if took >= 1e-3 || batch >= 1 << 24 { break }
        batch *= took < 1e-4 ? 8 : 2
      }
      var samples: [Double] = []
      let end = Clock.wall + arguments[seconds]
      while samples.count < 5 || (Clock.wall < end && samples.count < 10_000) {
        samples.append(try measure(machine, function, batch) / Double(batch))
      }
      samples.sort()
      func quantile(_ part: Double) -> Double { samples[Int((Double(samples.count - 1) * part).rounded())] }
      let runs = samples.count * batch
      return .object(
        ResultObject(
          "\(shown(quantile(0.5))) a run, half of them from \(shown(quantile(0.25))) to \(shown(quantile(0.75))), \(runs) runs",
          fields: [
            "median": .number(quantile(0.5)), "low": .number(quantile(0.25)), "high": .number(quantile(0.75)),
            "runs": .integer(runs),
          ]))
    }
  }

  private static func measure(_ machine: LuaMachine, _ function: LuaReference, _ count: Int) throws -> Double {
    let start = Clock.cpu
    for _ in 0..<count { try machine.callLeavingResults(function, results: 0) }
    return Clock.cpu - start
  }

  static func shown(_ seconds: Double) -> String {
    switch abs(seconds) {
    case ..<1e-6: "\(NumberFormat.readable(seconds * 1e9)) ns"
    case ..<1e-3: "\(NumberFormat.readable(seconds * 1e6)) us"
    case ..<1: "\(NumberFormat.readable(seconds * 1e3)) ms"
    default: "\(NumberFormat.readable(seconds)) s"
    }
  }
}

/// Seconds, for measuring only: nothing that a run computes may depend on them.
enum Clock {
  static var wall: Double { read(CLOCK_MONOTONIC) }
  static var cpu: Double { read(CLOCK_PROCESS_CPUTIME_ID) }

  private static func read(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
