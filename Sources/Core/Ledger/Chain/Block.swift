/// What a block's hash is the hash of.
public struct BlockHeader: Hashable, Sendable {
  public let height: UInt64
  /// The hash of the block before; zero for the first.
  public let previous: Digest
  /// Merkle root of the transactions' hashes.
  public let transactionRoot: Digest
  /// Merkle root of the receipts' hashes.
  public let receiptRoot: Digest
  /// Digest of the whole state after the block.
  public let stateDigest: Digest
  /// Of the scenario's clock; never before that of the block before.
  public let timestamp: Timestamp
  public let transactionCount: UInt32

  private static let tag = "FLNFT-BLOCK-v2"

  public var encoded: [UInt8] {
    var writer = ByteWriter(tag: Self.tag)
    writer.write(height)
    writer.write(previous.bytes)
    writer.write(transactionRoot.bytes)
    writer.write(receiptRoot.bytes)
    writer.write(stateDigest.bytes)
    writer.write(timestamp)
    writer.write(transactionCount)
    return writer.bytes
  }

  public var hash: Digest { SHA256.hash(encoded) }

  init(
    height: UInt64, previous: Digest, transactions: [Transaction], receipts: [Receipt], stateDigest: Digest,
    timestamp: Timestamp
  ) {
    (self.height, self.previous, self.stateDigest, self.timestamp) = (height, previous, stateDigest, timestamp)
    transactionRoot = MerkleTree.root(of: transactions.map(\.hash))
    receiptRoot = MerkleTree.root(of: receipts.map(\.hash))
    transactionCount = UInt32(truncatingIfNeeded: transactions.count)
  }

  /// - Throws: `DecodingFailure`.
  public init(decoding bytes: [UInt8]) throws(DecodingFailure) {
    var reader = ByteReader(bytes)
    try reader.expect(tag: Self.tag)
    height = try reader.read(UInt64.self)
    previous = try reader.readDigest()
    transactionRoot = try reader.readDigest()
    receiptRoot = try reader.readDigest()
    stateDigest = try reader.readDigest()
    timestamp = try reader.readTimestamp()
    transactionCount = try reader.read(UInt32.self)
    try reader.expectEnd()
  }
}

/// Transactions that took effect together, chained to all that came before.
public struct Block: Hashable, Sendable {
  public let header: BlockHeader
  public let transactions: [Transaction]
  /// One for each transaction, in the same order.
  public let receipts: [Receipt]

  public var height: UInt64 { header.height }
  public var hash: Digest { header.hash }
}
