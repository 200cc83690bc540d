import Tensor

/// What can go wrong with a ledger as a whole. Whatever it was, the ledger in memory and on disk is as before.
public enum LedgerError: Diagnosable, Equatable {
  case invalidParameter(String)
  /// A transaction was refused, and its block with it; `position` counts from 1.
  case refused(Refusal, position: Int)
  case clockWentBackwards(now: Timestamp, given: Timestamp)
  case missingFile(path: String)
  case fileExists(path: String)
  case notALedger(path: String, reason: String)
  case unsupportedVersion(path: String, version: Int)
  case corrupt(path: String, BadBlock)
  case damagedFile(path: String, reason: String)
  /// So damaged that not even the first block can be looked for.
  case unreadable(path: String, reason: String)
  /// The state that was kept cannot be gone on from; nothing is said of the blocks.
  case damagedSnapshot(path: String, reason: String)
  case inUse(path: String)
  case staleHead(path: String)
  case readOnly(path: String)
  case storageFull(path: String)
  case storageFailed(path: String, reason: String)
  /// A line of an exported chain, counted from 1.
  case malformedLine(Int, reason: String)
  /// A block of an exported chain that does not hold.
  case badLine(Int, BadBlock)
  case closed

  public var kind: String {
    switch self {
    case .invalidParameter: "InvalidParameter"
    case .refused(let refusal, _): refusal.kind
    case .clockWentBackwards: "ClockWentBackwards"
    case .missingFile: "MissingFile"
    case .fileExists: "FileExists"
    case .notALedger: "NotALedger"
    case .unsupportedVersion: "UnsupportedVersion"
    case .corrupt, .damagedFile, .unreadable, .damagedSnapshot, .badLine: "CorruptLedger"
    case .inUse, .staleHead: "LedgerInUse"
    case .readOnly: "ReadOnlyLedger"
    case .storageFull: "StorageFull"
    case .storageFailed: "StorageFailed"
    case .malformedLine: "MalformedLine"
    case .closed: "ClosedLedger"
    }
  }

  public var message: String {
    switch self {
    case .invalidParameter(let what): what
    case .refused(let refusal, let position): "transaction \(position) is refused: \(refusal.message)"
    case .clockWentBackwards(let now, let given): "the ledger's clock stands at \(now) and cannot go back to \(given)"
    case .missingFile(let path): "there is no file \(path)"
    case .fileExists(let path): "there is already a file \(path)"
    case .notALedger(let path, let reason): "\(path) is no ledger: \(reason)"
    case .unsupportedVersion(let path, let version):
      "\(path) has version \(version) of the ledger's format, not \(LedgerSchema.version)"
    case .corrupt(let path, let block): "\(path): \(block.message)"
    case .damagedFile(let path, let reason): "\(path) is damaged: \(reason)"
    case .unreadable(let path, let reason): "\(path) is damaged, and no block of it can be read: \(reason)"
    case .damagedSnapshot(let path, let reason): "\(path): its snapshot is damaged: \(reason)"
    case .inUse(let path): "\(path) is open for writing elsewhere"
    case .staleHead(let path): "somebody else has appended to \(path) since it was opened"
    case .readOnly(let path): "\(path) is open for reading only"
    case .storageFull(let path): "there is no room left for \(path)"
    case .storageFailed(let path, let reason): "\(path) could not be read or written: \(reason)"
    case .malformedLine(let line, let reason): "line \(line): \(reason)"
    case .badLine(let line, let block): "line \(line): \(block.message)"
    case .closed: "the ledger has been closed"
    }
  }

  public var hint: String? {
    switch self {
    case .refused(let refusal, _): refusal.hint
    case .fileExists: "choose another path, open it, or ask to replace it"
    case .inUse: "close the other one, or open this one for reading only"
    case .staleHead: "open the ledger again"
    case .corrupt(_, let block) where block.height > 0:
      "block \(block.height - 1) is the last good one; ledger.cut keeps the blocks up to it, and the whole file aside"
    case .corrupt, .unreadable:
      "no block of it is known to be good: if it was moved or copied, its -wal file, which holds its latest blocks, belongs "
        + "beside it; else ledger.import makes the ledger of what ledger:export wrote, under another path"
    case .damagedSnapshot:
      "open it without trust = \"snapshot\": the blocks are then verified by themselves, and ledger:snapshot keeps the "
        + "state anew"
    case .badLine, .malformedLine: "a text cannot be mended: export the chain again from its ledger"
    case .storageFull: "nothing of the block was written; make room and append it again"
    default: nil
    }
  }
}
