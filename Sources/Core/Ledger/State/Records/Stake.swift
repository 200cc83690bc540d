/// Money that an account has staked.
public struct Stake: Hashable, Sendable {
  public let owner: Address
  public internal(set) var position: StakingPosition

  /// What lies with the ledger: the stake and the premiums that are kept back.
  public var held: Amount { (try? position.amount + position.escrow) ?? .maximum }

  func encode(into writer: inout ByteWriter) {
    writer.write(owner.bytes)
    position.encode(into: &writer)
  }

  init(from reader: inout ByteReader) throws(DecodingFailure) {
    owner = try reader.readAddress()
    position = try StakingPosition(from: &reader)
  }

  init(owner: Address) { (self.owner, position) = (owner, StakingPosition()) }
}
