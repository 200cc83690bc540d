/// One who may vote on a proposal, as it stood when the proposal was made.
public struct Elector: Hashable, Sendable {
  public let address: Address
  /// What its ballot counts where ballots are weighed; units of 10^-18 token where stakes are.
  public let weight: UInt128
  /// Its class by what it had staked; none where stakes are not weighed.
  public let tier: NodeTier

  init(address: Address, weight: UInt128, tier: NodeTier) {
    (self.address, self.weight, self.tier) = (address, weight, tier)
  }

  init(_ member: Collective.Member) {
    self.init(address: member.address, weight: UInt128(member.weight), tier: .none)
  }

  var member: Collective.Member { Collective.Member(address: address, weight: UInt64(clamping: weight)) }

  private static let order = [NodeTier.none, .ordinary, .tier1, .super]

  /// Of an elector with a stake; members are written as their organisation writes them.
  func encode(into writer: inout ByteWriter) {
    writer.write(address.bytes)
    writer.write(Amount(units: weight))
    writer.write(Self.order.firstIndex(of: tier).map { UInt8($0) } ?? 0)
  }

  init(from reader: inout ByteReader) throws(DecodingFailure) {
    let (address, weight, code) = (try reader.readAddress(), try reader.readAmount(), try reader.read(UInt8.self))
    guard Self.order.indices.contains(Int(code)) else { throw DecodingFailure(position: 0, expected: "a node's class") }
    self.init(address: address, weight: weight.units, tier: Self.order[Int(code)])
  }
}
