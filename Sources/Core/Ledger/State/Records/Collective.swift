/// An organisation that acts by the votes of its members; its account has no key.
public struct Collective: Hashable, Sendable {
  public struct Member: Hashable, Sendable {
    public let address: Address
    /// What its ballot counts where weights count; above zero.
    public let weight: UInt64

    public init(address: Address, weight: UInt64) {
      (self.address, self.weight) = (address, weight)
    }

    func encode(into writer: inout ByteWriter) {
      writer.write(address.bytes)
      writer.write(weight)
    }

    init(from reader: inout ByteReader) throws(DecodingFailure) {
      self.init(address: try reader.readAddress(), weight: try reader.read(UInt64.self))
    }
  }

  /// When a proposal passes, and when it may be carried out.
  public struct Rule: Hashable, Sendable {
    public let weighing: Weighing
    /// The part of all weight that must vote, abstentions included, in hundredths of a percent.
    public let quorum: UInt16
    /// How long ballots are taken.
    public let votingPeriod: UInt64
    /// How long a proposal that has passed waits, so that who disagrees can leave.
    public let timelock: UInt64

    /// - Parameters:
    ///   - votingPeriod: in microseconds, above zero.
    ///   - timelock: in microseconds.
    public init(_ weighing: Weighing, quorum: UInt16, votingPeriod: UInt64, timelock: UInt64) {
      (self.weighing, self.quorum, self.votingPeriod, self.timelock) = (weighing, quorum, votingPeriod, timelock)
    }

    func encode(into writer: inout ByteWriter) {
      weighing.encode(into: &writer)
      writer.write(quorum)
      writer.write(votingPeriod)
      writer.write(timelock)
    }

    init(from reader: inout ByteReader) throws(DecodingFailure) {
      self.init(
        try Weighing(from: &reader), quorum: try reader.read(UInt16.self),
        votingPeriod: try reader.read(UInt64.self), timelock: try reader.read(UInt64.self))
    }
  }

  /// None where stakes are weighed: there everybody who has staked is one.
  public internal(set) var members: [Member]
  public let rule: Rule

  func encode(into writer: inout ByteWriter) {
    writer.write(list: members) { $1.encode(into: &$0) }
    rule.encode(into: &writer)
  }

  init(from reader: inout ByteReader) throws(DecodingFailure) {
    members = try reader.readList(Member.init(from:))
    rule = try Rule(from: &reader)
  }

  init(members: [Member], rule: Rule) { (self.members, self.rule) = (members, rule) }
}
