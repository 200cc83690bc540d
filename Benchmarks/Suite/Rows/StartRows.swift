import Foundation

extension BenchmarkRow {
  /// A whole process that says one number, against other interpreters' whole processes.
  static let starting = [
    starting("start", against: "python3 -c pass", Program.python, ["-c", "pass"]),
    starting("start-lua", against: "lua5.4 -e ''", Program.lua, ["-e", ""]),
    starting("first-round", code: firstRound, against: "", { nil }, []),
  ]

  /// The most that a process takes while ten members train the papers' CNN on as many images as MNIST has, above the
  /// images themselves.
  static let memory = BenchmarkRow(name: "memory", unit: "MB", better: .smaller) { _ in
    let (train, test) = (60_000, 1000)
    let ours = ChildProcess(
      path: Program.flnft,
      arguments: [
        "eval",
        """
        fl.federation{ data = data.digits{ train = \(train), test = \(test) }, model = fl.cnn_mnist(),
          iteration = "epoch" }:train{ rounds = 1, iterations = 1 }
        """,
      ])
    let images = Double((train + test) * 784) / 1e6
    return Contest(ours: { try ours.run().peakMegabytes - images })
  }

  /// From nothing to the end of a round of ten members, digits drawn on the way.
  private static let firstRound =
    "return fl.federation{ data = data.digits{ train = 2000, test = 500 } }:train{ rounds = 1 }.accuracy[1]"

  private static func starting(
    _ name: String, code: String = "return 1", against peerName: String, _ find: @escaping @Sendable () -> String?,
    _ arguments: [String]
  ) -> BenchmarkRow {
    BenchmarkRow(name: name, unit: "CPU ms", better: .smaller) { _ in
      let ours = ChildProcess(path: Program.flnft, arguments: ["eval", code])
      let peer = find().map { ChildProcess(path: $0, arguments: arguments) }
      return Contest(
        ours: { try milliseconds(ours) },
        peers: peer.map { peer in [Contestant(name: peerName) { try milliseconds(peer) }] } ?? [])
    }
  }

  /// The mean of twenty starts: one is too short to measure well.
  private static func milliseconds(_ program: ChildProcess) throws -> Double {
    let starts = 20
    return try (0..<starts).reduce(0) { total, _ in total + (try program.run().cpuSeconds) } * 1000 / Double(starts)
  }
}

/// Where the programs are.
private enum Program {
  /// Built together with this one.
  static var flnft: String {
    URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "flnft").path
  }

  /// The interpreter itself: what stands on the path may be a script that looks for it.
  @Sendable static func python() -> String? {
    output(of: "python3", ["-c", "import sys; print(sys.executable)"])
  }

  @Sendable static func lua() -> String? {
    output(of: "sh", ["-c", "command -v lua5.4"])
  }

  /// What a program says on one line; nil when there is no such program or it fails.
  private static func output(of program: String, _ arguments: [String]) -> String? {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let line = text.trimmingCharacters(in: .whitespacesAndNewlines)
    return process.terminationStatus == 0 && !line.isEmpty ? line : nil
  }
}
