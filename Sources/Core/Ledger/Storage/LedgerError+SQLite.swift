import GRDB

extension LedgerError {
  /// What an error of the database means for a ledger.
  init(storage error: any Error, path: String) {
    if let error = error as? LedgerError {
      self = error
      return
    }
    guard let error = error as? DatabaseError else {
      self = .storageFailed(path: path, reason: "\(error)")
      return
    }
    let reason = error.message ?? error.resultCode.description
    self =
      switch error.resultCode.primaryResultCode {
      case .SQLITE_FULL: .storageFull(path: path)
      case .SQLITE_BUSY, .SQLITE_LOCKED: .inUse(path: path)
      case .SQLITE_READONLY: .readOnly(path: path)
      case .SQLITE_NOTADB: .notALedger(path: path, reason: reason)
      case .SQLITE_CORRUPT: .damagedFile(path: path, reason: reason)
      default: .storageFailed(path: path, reason: reason)
      }
  }
}

/// Columns of a file that anybody may have changed: a value of another type than the table's is an error, not a trap.
extension Row {
  func integer(at index: Int) throws -> Int64 {
    guard case .int64(let value) = (self[index] as DatabaseValue).storage else { throw columnDamage(index) }
    return value
  }

  func bytes(at index: Int) throws -> [UInt8] {
    guard case .blob(let data) = (self[index] as DatabaseValue).storage else { throw columnDamage(index) }
    return Array(data)
  }

  private func columnDamage(_ index: Int) -> DatabaseError {
    DatabaseError(resultCode: .SQLITE_CORRUPT, message: "column \(index + 1) holds a value of the wrong type")
  }
}
