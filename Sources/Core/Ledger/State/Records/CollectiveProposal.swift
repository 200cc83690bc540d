/// What an organisation may do, and how its members have voted on it.
public struct CollectiveProposal: Hashable, Sendable {
  public enum Stage: String, Hashable, Sendable {
    case voting, rejected, noQuorum = "no quorum", vetoed, timelock, executable, executed
  }

  public let collective: Address
  public let actions: [Action]
  /// Who could vote when it was made; who joins later has no vote on it, who leaves keeps his.
  public let electorate: [Elector]
  public let rule: Collective.Rule
  /// Ballots are taken before it.
  public let deadline: Timestamp
  /// By place in the electorate; `nil` for who has not voted.
  public internal(set) var ballots: [CollectiveAction.Ballot?]
  public internal(set) var isExecuted = false

  /// Whether it needs the chambers; nothing does in an organisation that has none.
  public var matter: GovernanceVote.Matter {
    rule.weighing.chambers?.matter(of: actions) ?? .ordinary
  }

  /// What an elector's ballot counts.
  public func power(of elector: Elector) -> Amount {
    Amount(units: rule.weighing == .heads ? 1 : elector.weight)
  }

  /// The ballots, counted; `nil` when the power of all leaves 128 bits, which no proposal that was taken does.
  public var count: GovernanceVote? {
    let voters = zip(electorate, ballots).enumerated().map { place, entry in
      GovernanceVote.Voter(
        id: "\(place)", pledge: power(of: entry.0), tier: entry.0.tier, ballot: entry.1?.governance ?? .absent)
    }
    return try? GovernanceVote(
      matter, voters: voters, quorum: Int(rule.quorum), chamberQuorum: Int(rule.weighing.chambers?.quorum ?? 0))
  }

  /// From when on a proposal that has passed may be carried out; the largest time when the sum leaves the clock.
  public var executableFrom: Timestamp {
    let (sum, overflow) = deadline.microseconds.addingReportingOverflow(rule.timelock)
    return Timestamp(microseconds: overflow ? .max : sum)
  }

  /// Where the proposal stands at a time.
  public func stage(at now: Timestamp) -> Stage {
    if isExecuted { return .executed }
    guard now >= deadline else { return .voting }
    return switch count?.reason {
    case .ok: now >= executableFrom ? .executable : .timelock
    case .noQuorum, .noChamberQuorum, nil: .noQuorum
    case .noMajority: .rejected
    case .chamberVeto: .vetoed
    }
  }

  private var hasStakers: Bool { rule.weighing.chambers != nil }

  func encode(into writer: inout ByteWriter) {
    writer.write(collective.bytes)
    writer.write(list: actions) { $1.encode(into: &$0) }
    writer.write(list: hasStakers ? [] : electorate) { $1.member.encode(into: &$0) }
    rule.encode(into: &writer)
    if hasStakers { writer.write(list: electorate) { $1.encode(into: &$0) } }
    writer.write(deadline)
    writer.write(list: ballots) { writer, ballot in writer.write(optional: ballot) { $0.write($1.rawValue) } }
    writer.write(isExecuted)
  }

  init(from reader: inout ByteReader) throws(DecodingFailure) {
    collective = try reader.readAddress()
    actions = try reader.readList(Action.init(proposalFrom:))
    let members = try reader.readList(Collective.Member.init(from:))
    rule = try Collective.Rule(from: &reader)
    if rule.weighing.chambers != nil {
      guard members.isEmpty else { throw DecodingFailure(position: 0, expected: "no members where stakes are weighed") }
      electorate = try reader.readList(Elector.init(from:))
    } else {
      electorate = members.map(Elector.init)
    }
    deadline = try reader.readTimestamp()
    ballots = try reader.readList { (reader) throws(DecodingFailure) in
      try reader.readOptional { (reader) throws(DecodingFailure) in
        try reader.readCode(CollectiveAction.Ballot.self)
      }
    }
    isExecuted = try reader.readBool()
    guard ballots.count == electorate.count else {
      throw DecodingFailure(position: 0, expected: "a ballot, or none, of each elector")
    }
  }

  init(collective: Address, actions: [Action], electorate: [Elector], rule: Collective.Rule, deadline: Timestamp) {
    (self.collective, self.actions, self.electorate) = (collective, actions, electorate)
    (self.rule, self.deadline) = (rule, deadline)
    ballots = Array(repeating: nil, count: electorate.count)
  }
}

extension CollectiveAction.Ballot {
  fileprivate var governance: GovernanceVote.Ballot {
    switch self {
    case .inFavour: .for
    case .against: .against
    case .abstain: .abstain
    }
  }
}
