/// Blocks that were read and not replayed yet, while other cores verify their signatures.
///
/// A signature takes longer than all the rest of a transfer and depends on nothing before it. Blocks are gathered until
/// there is work for every core, however small they are; one batch is verified while the one before it is replayed.
struct ReadAhead {
  /// The transactions of a batch, or more where a block has more.
  private static let size = 512

  private struct Batch {
    let blocks: [ReadBlock]
    let signatures: SignatureBatch.Verification

    init(_ blocks: [ReadBlock]) {
      self.blocks = blocks
      signatures = SignatureBatch.Verification(blocks.flatMap(\.transactions))
    }
  }

  private var gathered: [ReadBlock] = []
  private var count = 0
  private var ahead: Batch?

  /// Takes a block, and hands on earlier ones once there are enough.
  ///
  /// - Parameter replay: is given each block in order, with whether all its transactions are known to be signed.
  mutating func add(_ stored: StoredBlock, _ replay: (ReadBlock, Bool) throws -> Void) throws {
    let block = ReadBlock(stored)
    gathered.append(block)
    count += block.transactions.count
    // A block without transactions takes memory too.
    if count >= Self.size || gathered.count >= Self.size { try advance(replay) }
  }

  /// Hands on what is left.
  mutating func finish(_ replay: (ReadBlock, Bool) throws -> Void) throws {
    try advance(replay)
    try advance(replay)
  }

  private mutating func advance(_ replay: (ReadBlock, Bool) throws -> Void) throws {
    let current = ahead
    ahead = gathered.isEmpty ? nil : Batch(gathered)
    (gathered, count) = ([], 0)
    guard let current else { return }
    current.signatures.work()
    let firstUnsigned = current.signatures.firstUnsigned ?? .max
    var end = 0
    for block in current.blocks {
      end += block.transactions.count
      try replay(block, end <= firstUnsigned)
    }
  }
}

/// A block as it was found, its transactions read; whether it holds is not known yet.
struct ReadBlock {
  let stored: StoredBlock
  /// None where they cannot be read.
  let transactions: [Transaction]
  /// Why they cannot be read.
  let fault: String?

  init(_ stored: StoredBlock) {
    self.stored = stored
    var transactions: [Transaction] = []
    transactions.reserveCapacity(stored.transactions.count)
    for (position, entry) in stored.transactions.enumerated() {
      let reason: String
      do throws(DecodingFailure) {
        let transaction = try Transaction(decoding: entry.body)
        if entry.position == Int64(position), transaction.hash.bytes.bytes == entry.hash {
          transactions.append(transaction)
          continue
        }
        reason =
          entry.position == Int64(position)
          ? "transaction \(position + 1): its hash is not that of its bytes"
          : "its transactions are not numbered in order"
      } catch {
        reason = "transaction \(position + 1): \(error.message)"
      }
      (self.transactions, fault) = ([], reason)
      return
    }
    (self.transactions, fault) = (transactions, nil)
  }
}
