import Foundation
import GRDB

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A ledger's file that is written under another name and takes its own once it is whole.
///
/// Until then whatever lies under that name stays as it is; the lock is on it from the start.
extension SQLiteBlockStore {
  /// - Parameter replacing: whether a ledger that is there may give way in the end.
  /// - Throws: `LedgerError`.
  static func draft(
    of path: String, replacing: Bool, durability: Ledger.Durability
  ) throws(LedgerError) -> Draft {
    try check(path)
    let place = LedgerPlace.resolved(path)
    let lock = try WriterLock.acquire(for: place, as: path)
    if FileManager.default.fileExists(atPath: path) {
      guard replacing else { throw .fileExists(path: path) }
      // Before anything is read: what is no ledger does not give way.
      try proveLedger(path)
    }
    let scratch = LedgerPlace.free(place + "-import")
    return Draft(
      store: try create(path: scratch, replacing: false, durability: durability), path: path, place: place, lock: lock,
      durability: durability)
  }

  /// A store that is not in its place yet.
  struct Draft {
    let store: SQLiteBlockStore
    fileprivate let path: String
    fileprivate let place: String
    fileprivate let lock: WriterLock
    fileprivate let durability: Ledger.Durability

    /// Gives the file its name; what lay there is gone then, and was whole until then.
    ///
    /// - Throws: `LedgerError`; nothing of the draft is left then, and what lay there is as before.
    func settle() throws(LedgerError) -> SQLiteBlockStore {
      do throws(LedgerError) {
        try store.foldLog()
        store.close()
        if FileManager.default.fileExists(atPath: place) { try SQLiteBlockStore.foldLog(of: path) }
        // A reader of the old file keeps these two open by themselves; by name they would be taken for the new one's.
        for suffix in ["-wal", "-shm"] { unlink(place + suffix) }
        guard rename(store.place, place) == 0 else {
          throw .storageFailed(path: path, reason: String(cString: strerror(errno)))
        }
      } catch {
        discard()
        throw error
      }
      return try SQLiteBlockStore.adopt(path, lock: lock, durability)
    }

    /// Removes the draft; what lies in its place is as before.
    func discard() {
      store.discard()
      // A store that is closed already discards nothing.
      for suffix in ["", "-wal", "-shm"] { unlink(store.place + suffix) }
      lock.release()
    }
  }
}
