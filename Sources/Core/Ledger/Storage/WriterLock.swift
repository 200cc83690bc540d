#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The right to append to a ledger's file, which one holder in the world has at a time.
///
/// SQLite's own locks last for a transaction; this one lasts from opening to closing, so that the second writer is told
/// when it opens and not when it has work to lose. It is a lock on a small file beside the ledger (a lock on the
/// ledger itself would break SQLite's, which go when any descriptor of the file is closed), removed when it is
/// released; the system releases the lock of a process that dies.
final class WriterLock {
  private let path: String
  private var descriptor: Int32

  private init(path: String, descriptor: Int32) {
    (self.path, self.descriptor) = (path, descriptor)
  }

  /// - Parameters:
  ///   - place: the ledger's file, links followed, so that one file has one lock.
  ///   - ledgerPath: what errors name it.
  /// - Throws: `LedgerError.inUse`, `LedgerError.storageFailed`.
  static func acquire(for place: String, as ledgerPath: String) throws(LedgerError) -> WriterLock {
    let path = place + "-writer"
    while true {
      let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
      guard descriptor >= 0 else {
        let code = errno
        if code == ENOSPC || code == EDQUOT { throw .storageFull(path: ledgerPath) }
        throw .storageFailed(path: ledgerPath, reason: String(cString: strerror(code)))
      }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
        close(descriptor)
        throw .inUse(path: ledgerPath)
      }
      // The holder before may have removed the file between our opening and our locking it.
      if let mine = LedgerPlace.Identity(of: descriptor), mine == LedgerPlace.Identity(of: path) {
        return WriterLock(path: path, descriptor: descriptor)
      }
      close(descriptor)
    }
  }

  func release() {
    guard descriptor >= 0 else { return }
    unlink(path)
    close(descriptor)
    descriptor = -1
  }

  deinit {
    release()
  }
}
