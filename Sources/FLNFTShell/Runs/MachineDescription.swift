import Core
import Foundation

/// Where and when a run took place, and what it cost: all that may differ between two runs of one case.
struct MachineDescription {
  let started: Date
  let wallSeconds: Double
  let processorSeconds: Double
  let threads: Int

  var json: JSON {
    let process = ProcessInfo.processInfo
    return .object([
      "started": .string(started.formatted(.iso8601)),
      "wall_seconds": .number(wallSeconds.inThousandths),
      "processor_seconds": .number(processorSeconds.inThousandths),
      "threads": .integer(Int64(threads)),
      "system": .string(process.operatingSystemVersionString),
      "processor": .string(Self.processorName),
      "processors": .integer(Int64(process.processorCount)),
      "memory_bytes": .string(String(process.physicalMemory)),
    ])
  }

  private static var processorName: String {
    guard let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8) else { return "unknown" }
    let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
    return line?.split(separator: ":", maxSplits: 1).last?.trimmingCharacters(in: .whitespaces) ?? "unknown"
  }
}

/// Measures from its making on.
struct RunClock {
  private let started = Date.now
  private let wall = ContinuousClock.now
  private let processor = clock()

  func description(threads: Int) -> MachineDescription {
    let elapsed = wall.duration(to: .now)
    return MachineDescription(
      started: started,
      wallSeconds: Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18,
      processorSeconds: Double(clock() - processor) / Double(CLOCKS_PER_SEC), threads: threads)
  }
}

extension Double {
  fileprivate var inThousandths: Double { (self * 1000).rounded() / 1000 }
}
