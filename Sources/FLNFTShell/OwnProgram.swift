#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Where the programs of this build lie.
enum OwnProgram {
  /// The shell, as another process can start it: links followed, and found in whatever folder one is.
  static var shell: String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    #if canImport(Darwin)
      var size = UInt32(buffer.count)
      var own = [CChar](repeating: 0, count: buffer.count)
      guard _NSGetExecutablePath(&own, &size) == 0, realpath(own, &buffer) != nil else { return fallback }
    #else
      guard realpath("/proc/self/exe", &buffer) != nil else { return fallback }
    #endif
    return buffer.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? fallback }
  }

  /// The kernel of the notebooks, beside it.
  static var kernel: String { folder + "/flnft-kernel" }

  static var folder: String {
    shell.lastIndex(of: "/").map { String(shell[..<$0]) } ?? "."
  }

  private static var fallback: String { CommandLine.arguments.first ?? "flnft" }
}
