#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// One worker a case: a lock that the system lets go of when its holder ends, however it ends.
final class CaseLock {
  private let descriptor: Int32

  /// Nil where another worker holds it.
  init?(_ path: String) {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { return nil }
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      close(descriptor)
      return nil
    }
  }

  deinit { close(descriptor) }
}
