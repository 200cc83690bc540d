import Foundation

/// A program that is started to see what it costs.
struct ChildProcess {
  let path: String
  let arguments: [String]

  /// What a whole run took.
  struct Usage {
    let cpuSeconds: Double
    let peakMegabytes: Double
  }

  /// Runs the program with nothing to read and nobody to read it.
  ///
  /// - Throws: `BenchmarkError` when it cannot be started or fails.
  func run() throws -> Usage {
    let words = ([path] + arguments).map { strdup($0) } + [nil]
    let variables = ProcessInfo.processInfo.environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in words + variables { free(pointer) } }
    #if canImport(Darwin)
      var files: posix_spawn_file_actions_t?
    #else
      var files = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&files)
    defer { posix_spawn_file_actions_destroy(&files) }
    for descriptor in 0...Int32(2) {
      posix_spawn_file_actions_addopen(&files, descriptor, "/dev/null", descriptor == 0 ? O_RDONLY : O_WRONLY, 0)
    }
    var child = pid_t()
    let failure = posix_spawn(&child, path, &files, nil, words, variables)
    guard failure == 0 else { throw BenchmarkError("\(path) did not start: \(String(cString: strerror(failure)))") }
    var status: Int32 = 0
    var usage = rusage()
    guard wait4(child, &status, 0, &usage) == child, status == 0 else {
      throw BenchmarkError("\(path) \(arguments.joined(separator: " ")) failed")
    }
    #if canImport(Darwin)
      let unit = 1.0
    #else
      let unit = 1024.0
    #endif
    return Usage(
      cpuSeconds: Self.seconds(usage.ru_utime) + Self.seconds(usage.ru_stime),
      peakMegabytes: Double(usage.ru_maxrss) * unit / 1e6)
  }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) * 1e-6
  }
}
