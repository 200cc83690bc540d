/// What became of a transaction that stands in a block.
///
/// A refused transaction stands in none. What does stand may still have failed: a contract that ran and broke down has
/// used gas, which is charged, and changed nothing else.
public struct Receipt: Hashable, Sendable {
  public enum Outcome: Hashable, Sendable {
    /// With what a contract's function returned; null for everything else.
    case succeeded(ContractValue)
    case failed(ContractFailure)
  }

  /// The transaction's hash.
  public let transaction: Digest
  public let outcome: Outcome
  public let gasUsed: UInt64
  /// Gas used times the chain's price, paid by the sender to the collector of fees.
  public let fee: Amount
  public let events: [LedgerEvent]

  public init(transaction: Digest, outcome: Outcome, gasUsed: UInt64, fee: Amount, events: [LedgerEvent]) {
    (self.transaction, self.outcome, self.gasUsed, self.fee, self.events) = (
      transaction, outcome, gasUsed, fee, events
    )
  }

  public var hasSucceeded: Bool {
    if case .succeeded = outcome { true } else { false }
  }

  /// The canonical bytes, whose hashes a block's header commits to.
  public var encoded: [UInt8] {
    var writer = ByteWriter(tag: Self.tag)
    writer.write(transaction.bytes)
    switch outcome {
    case .succeeded(let value):
      writer.write(true)
      writer.write(value)
    case .failed(let failure):
      writer.write(false)
      writer.write(failure)
    }
    writer.write(gasUsed)
    writer.write(fee)
    writer.write(list: events) { $1.encode(into: &$0) }
    return writer.bytes
  }

  public var hash: Digest { SHA256.hash(encoded) }

  /// - Throws: `DecodingFailure`.
  public init(decoding bytes: [UInt8]) throws(DecodingFailure) {
    var reader = ByteReader(bytes)
    try reader.expect(tag: Self.tag)
    transaction = try reader.readDigest()
    if try reader.readBool() {
      outcome = .succeeded(try reader.readContractValue())
    } else {
      outcome = .failed(try reader.readContractFailure())
    }
    gasUsed = try reader.read(UInt64.self)
    fee = try reader.readAmount()
    events = try reader.readList(LedgerEvent.init(from:))
    try reader.expectEnd()
  }

  private static let tag = "FLNFT-RECEIPT-v1"
}
