/// Where blocks are kept. A store writes a block as a whole or not at all; it does not judge what it reads.
protocol BlockStore: AnyObject {
  /// - Parameter expected: the hash of the block on which this one follows; `nil` for the first.
  func append(_ block: StoredBlock, on expected: [UInt8]?) throws(LedgerError)
  /// Calls with every block from a height on.
  func read(from height: UInt64, _ body: (StoredBlock) throws -> Void) throws
  func block(at height: UInt64) throws -> StoredBlock?
  /// Where a transaction stands, by its hash.
  func place(of transaction: Digest) throws -> (height: UInt64, position: Int)?
  /// Keeps a state beside the blocks, in place of the one before.
  func keep(_ snapshot: StoredSnapshot) throws(LedgerError)
  func snapshot() throws -> StoredSnapshot?
  /// Checks what lies beneath the blocks: pages, indices, schema.
  func checkIntegrity() throws
  /// Checks the schema alone, in no time.
  func checkTables() throws
  /// Checks that the chain which was read ends where the store says that it ends.
  func checkHead(_ head: BlockHeader?) throws
  /// The height of the last block that there is by now; nil where there is none.
  func end() throws -> UInt64?
  func close()
  /// Closes and removes a store whose founding failed.
  func discard()
}

/// A block as it was found, nothing checked.
struct StoredBlock {
  struct Entry {
    /// Counted from 0.
    let position: Int64
    let hash: [UInt8]
    let body: [UInt8]
    let receipt: [UInt8]
  }

  let height: Int64
  let hash: [UInt8]
  let header: [UInt8]
  let transactions: [Entry]
}

extension StoredBlock {
  init(_ block: Block) {
    height = Int64(clamping: block.height)
    hash = block.hash.bytes.bytes
    header = block.header.encoded
    transactions = zip(block.transactions, block.receipts).enumerated().map {
      Entry(position: Int64($0), hash: $1.0.hash.bytes.bytes, body: $1.0.encoded, receipt: $1.1.encoded)
    }
  }
}

/// Blocks in memory, for ledgers that no file is asked of.
final class MemoryBlockStore: BlockStore {
  private var blocks: [StoredBlock] = []
  private var kept: StoredSnapshot?
  private var isClosed = false

  func append(_ block: StoredBlock, on expected: [UInt8]?) throws(LedgerError) {
    guard !isClosed else { throw .closed }
    blocks.append(block)
  }

  func read(from height: UInt64, _ body: (StoredBlock) throws -> Void) throws {
    guard !isClosed else { throw LedgerError.closed }
    for block in blocks.dropFirst(Int(clamping: height)) { try body(block) }
  }

  func place(of transaction: Digest) throws -> (height: UInt64, position: Int)? {
    guard !isClosed else { throw LedgerError.closed }
    let hash = transaction.bytes.bytes
    for (height, block) in blocks.enumerated().reversed() {
      if let position = block.transactions.firstIndex(where: { $0.hash == hash }) { return (UInt64(height), position) }
    }
    return nil
  }

  func keep(_ snapshot: StoredSnapshot) throws(LedgerError) {
    guard !isClosed else { throw .closed }
    kept = snapshot
  }

  func snapshot() throws -> StoredSnapshot? { kept }

  func block(at height: UInt64) throws -> StoredBlock? {
    guard !isClosed else { throw LedgerError.closed }
    return height < UInt64(blocks.count) ? blocks[Int(height)] : nil
  }

  func checkIntegrity() throws {}
  func checkTables() throws {}
  func checkHead(_ head: BlockHeader?) throws {}

  func end() throws -> UInt64? {
    guard !isClosed else { throw LedgerError.closed }
    return blocks.last.flatMap { UInt64(exactly: $0.height) }
  }

  func close() { isClosed = true }
  func discard() { close() }
}

extension BlockStore {
  /// Calls with every block, by height.
  func readAll(_ body: (StoredBlock) throws -> Void) throws { try read(from: 0, body) }
}

/// A state as it was found beside the blocks, nothing checked.
struct StoredSnapshot {
  /// Of the block after which the state stood so.
  let height: Int64
  let hash: [UInt8]
  let body: [UInt8]
}
