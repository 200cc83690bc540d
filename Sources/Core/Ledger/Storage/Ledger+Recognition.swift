import Foundation

/// How a ledger's file is told from any other, so that nothing is written over one.
extension Ledger {
  /// What lies beside a ledger and is part of it.
  private static let companions = ["-wal", "-shm", "-journal", "-writer"]

  /// Whether a file is a ledger, or part of one.
  public static func isPart(_ path: String) -> Bool {
    let place = LedgerPlace.resolved(path)
    let owner = companions.first { place.hasSuffix($0) }.map { String(place.dropLast($0.count)) }
    // The owner first: to open what lies beside a ledger that is in use would end locks on it.
    return owner.map(isLedger) == true || isLedger(place)
  }

  private static func isLedger(_ path: String) -> Bool {
    // A pipe would wait for somebody to write.
    guard !path.utf8.contains(0), let attributes = try? FileManager.default.attributesOfItem(atPath: path),
      attributes[.type] as? FileAttributeType == .typeRegular
    else { return false }
    // Asked of SQLite: to read the file past it would, at closing, end the locks of whoever has it open in this process.
    do throws(LedgerError) {
      try SQLiteBlockStore.proveLedger(path, access: .readOnly)
      return true
    } catch {
      switch error {
      case .notALedger, .storageFailed: return false
      default: return true
      }
    }
  }
}
