import CBenchmarks
import Scripting

extension BenchmarkRow {
  /// What it costs a script to call into Swift, without the loop around the call.
  static let calling = [
    BenchmarkRow(name: "call", unit: "ns", better: .smaller) { _ in
      let script = try LoopScript()
      return Contest(
        ours: { try script.nanoseconds(of: "f(a, b)", function: "fl.laplace_scale") },
        peers: [
          Contestant(name: "C function registered with Lua") {
            try script.nanoseconds(of: "f(a, b)", function: "plain_c_quotient")
          }
        ])
    },
    // For orientation: a table is made, read by name and checked for each call.
    BenchmarkRow(name: "table-call", unit: "ns", better: .smaller) { _ in
      let script = try LoopScript()
      return Contest(ours: {
        try script.nanoseconds(
          of: "f{ sensitivity = a, privacy_budget = b }", function: "fl.laplace_scale", times: 200_000)
      })
    },
  ]
}

/// A session that runs an expression in a loop.
private final class LoopScript {
  private let session: Session

  init() throws {
    session = try Session(options: SessionOptions()) { _ in }
    flnft_register_plain_c_quotient(session.luaState)
  }

  /// The CPU time of one evaluation of an expression of `f`, `a` and `b`, less that of the loop itself.
  func nanoseconds(of expression: String, function: String, times: Int = 4_000_000) throws -> Double {
    let empty = try seconds(of: "a", function: function, times: times)
    let full = try seconds(of: expression, function: function, times: times)
    return max(full - empty, 0) * 1e9 / Double(times)
  }

  private func seconds(of expression: String, function: String, times: Int) throws -> Double {
    let text = "local f, a, b, x = \(function), 0.03125, 5.0 for _ = 1, \(times) do x = \(expression) end"
    return try CPUTime.seconds {
      guard session.execute(text, name: "benchmark") == .succeeded else { throw BenchmarkError("failed: \(text)") }
    }
  }
}
