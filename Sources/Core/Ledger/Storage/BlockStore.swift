/// Where blocks are kept. A store writes a block as a whole or not at all; it does not judge what it reads.
protocol BlockStore: AnyObject {
  func append(_ block: Block) throws(LedgerError)
  /// Calls with every block, by height.
  func readAll(_ body: (StoredBlock) throws -> Void) throws
  func block(at height: UInt64) throws -> StoredBlock?
  /// Checks what lies beneath the blocks: pages, indices, schema.
  func checkIntegrity() throws
  /// Checks that the chain which was read ends where the store says that it ends.
  func checkHead(_ head: BlockHeader?) throws
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
    transactions = block.transactions.enumerated().map {
      Entry(position: Int64($0), hash: $1.hash.bytes.bytes, body: $1.encoded)
    }
  }
}

/// Blocks in memory, for ledgers that no file is asked of.
final class MemoryBlockStore: BlockStore {
  private var blocks: [StoredBlock] = []
  private var isClosed = false

  func append(_ block: Block) throws(LedgerError) {
    guard !isClosed else { throw .closed }
    blocks.append(StoredBlock(block))
  }

  func readAll(_ body: (StoredBlock) throws -> Void) throws {
    guard !isClosed else { throw LedgerError.closed }
    for block in blocks { try body(block) }
  }

  func block(at height: UInt64) throws -> StoredBlock? {
    guard !isClosed else { throw LedgerError.closed }
    return height < UInt64(blocks.count) ? blocks[Int(height)] : nil
  }

  func checkIntegrity() throws {}
  func checkHead(_ head: BlockHeader?) throws {}

  func close() { isClosed = true }
  func discard() { close() }
}
