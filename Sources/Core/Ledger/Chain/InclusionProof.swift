/// That a transaction stands in a block and what became of it, for who knows the block's hash and nothing else.
///
/// It holds the header, the transaction and its receipt with the paths of both to the header's roots. Both lists have one
/// shape, so that one path of places serves for the two.
public struct InclusionProof: Hashable, Sendable {
  public let header: BlockHeader
  public let transaction: Transaction
  public let receipt: Receipt
  public let transactionPath: [MerkleStep]
  public let receiptPath: [MerkleStep]

  private static let tag = "FLNFT-INCLUSION-v1"
  /// A block has fewer than 2^32 transactions.
  private static let longestPath = 32

  init(_ block: Block, position: Int) {
    header = block.header
    transaction = block.transactions[position]
    receipt = block.receipts[position]
    transactionPath = MerkleTree.path(to: position, in: block.transactions.map(\.hash))
    receiptPath = MerkleTree.path(to: position, in: block.receipts.map(\.hash))
  }

  /// Whether transaction and receipt belong together and to the header, and the sender signed.
  ///
  /// Whether the header belongs to a chain that one trusts is for who has its hash to say.
  public var isSound: Bool {
    receipt.transaction == transaction.hash && transaction.isSigned
      && MerkleTree.root(of: transaction.hash, along: transactionPath) == header.transactionRoot
      && MerkleTree.root(of: receipt.hash, along: receiptPath) == header.receiptRoot
  }

  public var encoded: [UInt8] {
    var writer = ByteWriter(tag: Self.tag)
    writer.write(header.encoded)
    writer.write(transaction.encoded)
    writer.write(receipt.encoded)
    for path in [transactionPath, receiptPath] {
      writer.write(list: path) { writer, step in
        writer.write(step.sibling.bytes)
        writer.write(step.isLeft)
      }
    }
    return writer.bytes
  }

  /// - Throws: `DecodingFailure`.
  public init(decoding bytes: [UInt8]) throws(DecodingFailure) {
    var reader = ByteReader(bytes)
    try reader.expect(tag: Self.tag)
    header = try BlockHeader(decoding: try reader.readBytes())
    transaction = try Transaction(decoding: try reader.readBytes())
    receipt = try Receipt(decoding: try reader.readBytes())
    transactionPath = try Self.path(from: &reader)
    receiptPath = try Self.path(from: &reader)
    try reader.expectEnd()
  }

  private static func path(from reader: inout ByteReader) throws(DecodingFailure) -> [MerkleStep] {
    let path = try reader.readList { (reader) throws(DecodingFailure) in
      MerkleStep(sibling: try reader.readDigest(), isLeft: try reader.readBool())
    }
    guard path.count <= longestPath else { throw DecodingFailure(position: 0, expected: "a path of at most 32 steps") }
    return path
  }
}

extension Ledger {
  /// That a transaction stands on this ledger.
  ///
  /// - Parameter hash: the transaction's.
  /// - Returns: `nil` when no block holds it.
  /// - Throws: `LedgerError`.
  public func proof(of hash: Digest) throws -> InclusionProof? {
    guard let place = try store.place(of: hash), let block = try block(at: place.height),
      block.transactions.indices.contains(place.position)
    else { return nil }
    return InclusionProof(block, position: place.position)
  }

  /// What became of a transaction.
  ///
  /// - Returns: `nil` when no block holds it.
  /// - Throws: `LedgerError`.
  public func receipt(of hash: Digest) throws -> Receipt? {
    guard let place = try store.place(of: hash), let block = try block(at: place.height),
      block.receipts.indices.contains(place.position)
    else { return nil }
    return block.receipts[place.position]
  }
}
