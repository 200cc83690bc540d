import Foundation

/// What a figure must be read against: the kind of processor, and how busy it is.
enum MachineDescription {
  static var line: String {
    var loads = [Double](repeating: 0, count: 3)
    let load = getloadavg(&loads, 3) > 0 ? String(format: "%.1f", loads[0]) : "unknown"
    let cores = ProcessInfo.processInfo.activeProcessorCount
    return "machine: \(cores) core\(cores == 1 ? "" : "s"), \(processor), load \(load)"
  }

  private static var processor: String {
    #if arch(arm64)
      return "arm64 with NEON"
    #else
      let flags = Set(
        (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?
          .split(separator: "\n").first { $0.hasPrefix("flags") }?.split(separator: " ").map(String.init) ?? [])
      let widest = [("avx512f", "AVX-512"), ("avx2", "AVX2"), ("avx", "AVX")].first { flags.contains($0.0) }
      return "x86-64" + (widest.map { " with \($0.1)" } ?? "")
    #endif
  }
}
