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
    /// Whether every ballot counts as one, whatever the weights.
    public let isByHead: Bool
    /// The part of all weight that must vote, abstentions included, in hundredths of a percent.
    public let quorum: UInt16
    /// How long ballots are taken.
    public let votingPeriod: UInt64
    /// How long a proposal that has passed waits, so that who disagrees can leave.
    public let timelock: UInt64

    /// - Parameters:
    ///   - votingPeriod: in microseconds, above zero.
    ///   - timelock: in microseconds.
    public init(isByHead: Bool, quorum: UInt16, votingPeriod: UInt64, timelock: UInt64) {
      (self.isByHead, self.quorum, self.votingPeriod, self.timelock) = (isByHead, quorum, votingPeriod, timelock)
    }

    func encode(into writer: inout ByteWriter) {
      writer.write(isByHead)
      writer.write(quorum)
      writer.write(votingPeriod)
      writer.write(timelock)
    }

    init(from reader: inout ByteReader) throws(DecodingFailure) {
      self.init(
        isByHead: try reader.readBool(), quorum: try reader.read(UInt16.self),
        votingPeriod: try reader.read(UInt64.self), timelock: try reader.read(UInt64.self))
    }
  }

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

/// What an organisation may do, and how its members have voted on it.
public struct CollectiveProposal: Hashable, Sendable {
  public enum Stage: String, Hashable, Sendable {
    case voting, rejected, noQuorum = "no quorum", timelock, executable, executed
  }

  public let collective: Address
  public let actions: [Action]
  /// The members and weights when it was made; who joins later has no vote on it, who leaves keeps his.
  public let electorate: [Collective.Member]
  public let rule: Collective.Rule
  /// Ballots are taken before it.
  public let deadline: Timestamp
  /// By place in the electorate; `nil` for who has not voted.
  public internal(set) var ballots: [CollectiveAction.Ballot?]
  public internal(set) var isExecuted = false

  /// The weight of the ballots of one kind.
  public func weight(of ballot: CollectiveAction.Ballot) -> UInt128 {
    zip(electorate, ballots).reduce(0) { $1.1 == ballot ? $0 + weight($1.0) : $0 }
  }

  public var totalWeight: UInt128 { electorate.reduce(0) { $0 + weight($1) } }

  private func weight(_ member: Collective.Member) -> UInt128 { rule.isByHead ? 1 : UInt128(member.weight) }

  /// From when on a proposal that has passed may be carried out; the largest time when the sum leaves the clock.
  public var executableFrom: Timestamp {
    let (sum, overflow) = deadline.microseconds.addingReportingOverflow(rule.timelock)
    return Timestamp(microseconds: overflow ? .max : sum)
  }

  /// Where the proposal stands at a time.
  public func stage(at now: Timestamp) -> Stage {
    if isExecuted { return .executed }
    guard now >= deadline else { return .voting }
    let inFavour = weight(of: .inFavour)
    let cast = inFavour + weight(of: .against) + weight(of: .abstain)
    // Weights are 64-bit, and so many as fit in memory: products with ten thousand fit 128 bits.
    guard cast * 10_000 >= UInt128(rule.quorum) * totalWeight else { return .noQuorum }
    guard inFavour > weight(of: .against) else { return .rejected }
    return now >= executableFrom ? .executable : .timelock
  }

  func encode(into writer: inout ByteWriter) {
    writer.write(collective.bytes)
    writer.write(list: actions) { $1.encode(into: &$0) }
    writer.write(list: electorate) { $1.encode(into: &$0) }
    rule.encode(into: &writer)
    writer.write(deadline)
    writer.write(list: ballots) { writer, ballot in writer.write(optional: ballot) { $0.write($1.rawValue) } }
    writer.write(isExecuted)
  }

  init(from reader: inout ByteReader) throws(DecodingFailure) {
    collective = try reader.readAddress()
    actions = try reader.readList(Action.init(proposalFrom:))
    electorate = try reader.readList(Collective.Member.init(from:))
    rule = try Collective.Rule(from: &reader)
    deadline = try reader.readTimestamp()
    ballots = try reader.readList { (reader) throws(DecodingFailure) in
      try reader.readOptional { (reader) throws(DecodingFailure) in
        try reader.readCode(CollectiveAction.Ballot.self)
      }
    }
    isExecuted = try reader.readBool()
  }

  init(
    collective: Address, actions: [Action], electorate: [Collective.Member], rule: Collective.Rule, deadline: Timestamp
  ) {
    (self.collective, self.actions, self.electorate) = (collective, actions, electorate)
    (self.rule, self.deadline) = (rule, deadline)
    ballots = Array(repeating: nil, count: electorate.count)
  }
}
