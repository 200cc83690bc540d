import Foundation

/// CPU time, which other work on the machine stretches far less than it does wall time.
enum CPUTime {
  /// Seconds of CPU that this process has used, all threads together.
  static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  static func seconds(_ work: () throws -> Void) rethrows -> Double {
    let started = now
    try work()
    return max(now - started, 1e-9)
  }
}
