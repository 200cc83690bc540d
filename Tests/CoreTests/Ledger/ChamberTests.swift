import Tensor
import Testing

@testable import Core

/// Key proposals on the ledger: what they are, who decides them, and what the votes weigh.
@Suite struct ChamberTests {
  private static let day: UInt64 = 86_400_000_000

  /// An assembly of all who stake: ann and bob are super nodes, cyd and dan of the first tier, eve of no class.
  ///
  /// A million tokens circulate: super from 5,000, the first tier from 2,500.
  private struct Assembly {
    static let stakes: [(name: Label, tokens: UInt64)] = [
      ("ann", 6_000), ("bob", 5_000), ("cyd", 2_500), ("dan", 4_999), ("eve", 100),
    ]
    let fixture: LedgerFixture
    let address: Address
    private(set) var positions: [Label: Digest] = [:]

    init(
      ordinaryLimit: Amount = .zero, chamberQuorum: UInt16 = 5_000, least: Amount = .zero, quorum: UInt16 = 2_000
    ) throws {
      fixture = try LedgerFixture(Self.stakes.map(\.name), tokens: 200_000)
      let ledger = fixture.ledger
      for (name, tokens) in Self.stakes {
        positions[name] = LedgerIdentifier.stake(owner: try fixture[name].address, nonce: try fixture.nonce(name))
        try ledger.perform([(.stake(.stake(Amount(tokens: tokens))), fixture[name])], at: ledger.clock)
      }
      address = LedgerIdentifier.collective(founder: try fixture["eve"].address, nonce: try fixture.nonce("eve"))
      let chambers = Chambers(quorum: chamberQuorum, leastSuperStake: least, ordinaryLimit: ordinaryLimit)
      let rule = Collective.Rule(.stakes(chambers), quorum: quorum, votingPeriod: 10, timelock: 10)
      try ledger.perform(
        [(.collective(.found(name: "network", members: [], rule: rule)), fixture["eve"])], at: ledger.clock)
      try ledger.perform(
        [(.transfer(to: address, amount: Amount(tokens: 1_000)), fixture["eve"])], at: ledger.clock)
    }

    func pay(_ tokens: UInt64) throws -> Action {
      .transfer(to: try fixture["eve"].address, amount: Amount(tokens: tokens))
    }

    func propose(_ actions: [Action], by name: Label = "eve") throws -> Digest {
      let identifier = LedgerIdentifier.proposal(member: try fixture[name].address, nonce: try fixture.nonce(name))
      try fixture.ledger.perform(
        [(.collective(.propose(by: address, actions)), fixture[name])], at: fixture.ledger.clock)
      return identifier
    }

    func vote(_ proposal: Digest, _ ballots: [(Label, CollectiveAction.Ballot)]) throws {
      for (name, ballot) in ballots {
        try fixture.ledger.perform(
          [(.collective(.vote(proposal: proposal, ballot)), fixture[name])], at: fixture.ledger.clock)
      }
    }

    /// Proposes to pay a token, takes these ballots, and tries to carry it out when its time has come.
    func decide(_ ballots: [(Label, CollectiveAction.Ballot)]) throws -> (stage: String?, refusal: String?) {
      let ledger = fixture.ledger
      let proposal = try propose([try pay(1)])
      try vote(proposal, ballots)
      let later = Timestamp(microseconds: ledger.clock.microseconds + 20)
      let stage = ledger.state.proposal(proposal)?.stage(at: later).rawValue
      let refusal = kind {
        try ledger.perform([(.collective(.execute(proposal: proposal)), fixture["eve"])], at: later)
      }
      return (stage, refusal)
    }
  }

  /// Specification 2.4: the super chamber with half of its power, else the first tier's, else nobody.
  @Test func chambersDecideKeyProposals() throws {
    for (ballots, stage) in [
      ([("ann", .inFavour), ("bob", .inFavour)], "executable"),
      // Of 11,000 super tokens 6,000 in favour are less than two thirds.
      ([("ann", .inFavour), ("bob", .against)], "vetoed"),
      // Everybody else together has a majority, and the chamber does not let it pass.
      ([("cyd", .inFavour), ("dan", .inFavour), ("eve", .inFavour), ("ann", .against)], "vetoed"),
      // 5,000 of 11,000 are not half: the first tier decides, by 4,999 of 7,499, short of two thirds by less than a token.
      ([("bob", .inFavour), ("dan", .inFavour), ("cyd", .against)], "vetoed"),
      ([("bob", .inFavour), ("dan", .inFavour)], "executable"),
      ([("bob", .inFavour), ("dan", .inFavour), ("cyd", .abstain)], "executable"),
      // Neither chamber has half of its power there: 5,000 of 11,000, 2,500 of 7,499.
      ([("bob", .inFavour), ("cyd", .inFavour)], "no quorum"),
      // Who abstains answers, and an answer without a voice in favour lets nothing pass.
      ([("ann", .abstain), ("dan", .inFavour)], "vetoed"),
      ([("eve", .inFavour)], "no quorum"),
      ([("ann", .against), ("bob", .inFavour)], "rejected"),
    ] as [([(Label, CollectiveAction.Ballot)], String)] {
      let outcome = try Assembly().decide(ballots)
      #expect(outcome.stage == stage, "\(ballots)")
      #expect(outcome.refusal == (stage == "executable" ? nil : "WrongState"), "\(ballots)")
    }
  }

  /// Nobody makes a proposal ordinary by calling it so: what it does decides.
  @Test func whatAProposalDoesMakesItKey() throws {
    let assembly = try Assembly(ordinaryLimit: Amount(tokens: 10))
    let eve = try assembly.fixture["eve"].address
    func matter(_ actions: [Action]) throws -> GovernanceVote.Matter? {
      let proposal = try assembly.propose(actions)
      return assembly.fixture.ledger.state.proposal(proposal)?.matter
    }
    func tokens(_ count: UInt64) -> Amount { Amount(tokens: count) }
    let payments = [Payment(to: eve, amount: tokens(6)), Payment(to: eve, amount: tokens(4))]
    for actions in [
      [try assembly.pay(10)], [try assembly.pay(4), .money(.burn(tokens(6)))], [.pay(payments)],
      [.money(.approve(spender: eve, tokens(10)))], [.trade(.buy(listing: .zero, limit: tokens(10)))],
      [.openEscrow(beneficiary: eve, arbiter: eve, amount: tokens(10), expiry: Timestamp(microseconds: 0))],
    ] { #expect(try matter(actions) == .ordinary, "\(actions)") }
    for actions in [
      [try assembly.pay(11)], [try assembly.pay(4), .money(.burn(tokens(7)))], [.pay(payments), try assembly.pay(1)],
      [.money(.approve(spender: eve, .maximum)), try assembly.pay(1)], [.trade(.buy(listing: .zero, limit: .maximum))],
      [.transferToken(.zero, to: eve)], [.releaseEscrow(.zero)], [.token(.setOperator(eve, isAllowed: true))],
      [.pay([Payment(to: eve, amount: .maximum), Payment(to: eve, amount: .maximum)])],
    ] { #expect(try matter(actions) == .key, "\(actions)") }

    // An ordinary proposal passes by the votes of all, whatever the super nodes say.
    let (ledger, voters) = (assembly.fixture.ledger, ["bob", "cyd", "dan"] as [Label])
    let proposal = try assembly.propose([try assembly.pay(10)])
    try assembly.vote(proposal, voters.map { ($0, .inFavour) } + [("ann", .against)])
    try ledger.perform(
      [(.collective(.execute(proposal: proposal)), assembly.fixture["eve"])],
      at: Timestamp(microseconds: ledger.clock.microseconds + 20))
    #expect(ledger.state.account(assembly.address)?.balance == Amount(tokens: 990))
    #expect(try ledger.verify().isSound)
  }

  /// Power is the stake and veN3 at the opening; who comes later has none, who leaves keeps his.
  @Test func powerIsThatOfTheOpening() throws {
    let assembly = try Assembly()
    let (ledger, ann, eve) = (assembly.fixture.ledger, try assembly.fixture["ann"], try assembly.fixture["eve"])
    let position = try #require(assembly.positions["eve"])
    func standing(_ proposal: Digest, _ key: KeyPair) -> Elector? {
      ledger.state.proposal(proposal)?.electorate.first { $0.address == key.address }
    }
    let first = try assembly.propose([try assembly.pay(1)])
    try ledger.perform([(.stake(.lock(position: position, days: 365)), eve)], at: ledger.clock)
    try ledger.perform([(.stake(.stake(Amount(tokens: 4_900))), eve)], at: ledger.clock)
    let second = try assembly.propose([try assembly.pay(1)])
    #expect(standing(first, eve) == Elector(address: eve.address, weight: Amount(tokens: 100).units, tier: .none))
    // A year's lock doubles what its stake weighs, and counts nothing towards the class.
    #expect(standing(second, eve) == Elector(address: eve.address, weight: Amount(tokens: 5_100).units, tier: .super))
    try ledger.perform(
      [(.stake(.unstake(position: try #require(assembly.positions["ann"]), Amount(tokens: 6_000))), ann)],
      at: ledger.clock)
    try assembly.vote(first, [("ann", .inFavour)])
    #expect(ledger.state.proposal(first)?.count?.inFavour == Amount(tokens: 6_000))
    // Who has nothing at stake is no member, and a lock that is over has no votes, though nobody has touched it.
    #expect(kind { _ = try assembly.propose([try assembly.pay(1)], by: "ann") } == "NotMember")
    let year = Timestamp(microseconds: ledger.clock.microseconds + 365 * Self.day)
    try ledger.perform([(.transfer(to: eve.address, amount: .zero), ann)], at: year)
    #expect(ledger.state.stake(position)?.position.voteEscrow == Amount(tokens: 100))
    let third = try assembly.propose([try assembly.pay(1)])
    #expect(standing(third, eve)?.weight == Amount(tokens: 5_000).units)
  }

  /// While little circulates, half a percent of it is within anybody's reach.
  @Test func superNodesHaveTheLeastStake() throws {
    let assembly = try Assembly(least: Amount(tokens: 6_000))
    let proposal = try assembly.propose([try assembly.pay(1)])
    let tiers = try Assembly.stakes.map { entry in
      let address = try assembly.fixture[entry.name].address
      return assembly.fixture.ledger.state.proposal(proposal)?.electorate.first { $0.address == address }?.tier
    }
    #expect(tiers == [.super, .tier1, .ordinary, .tier1, NodeTier.none])
  }

  @Test func rulesAreBounded() throws {
    let fixture = try LedgerFixture()
    let ann = try fixture["ann"]
    func outcome(_ members: [Collective.Member], chamberQuorum: UInt16) -> String? {
      let chambers = Chambers(quorum: chamberQuorum, leastSuperStake: .zero, ordinaryLimit: .zero)
      let rule = Collective.Rule(.stakes(chambers), quorum: 1, votingPeriod: 1, timelock: 0)
      return kind {
        try fixture.ledger.perform(
          [(.collective(.found(name: "network", members: members, rule: rule)), ann)], at: fixture.ledger.clock)
      }
    }
    #expect(outcome([], chamberQuorum: 10_001) == "InvalidParameter")
    #expect(outcome([.init(address: ann.address, weight: 1)], chamberQuorum: 10_000) == "InvalidParameter")
    #expect(outcome([], chamberQuorum: 10_000) == nil)
  }

  /// Nobody is voted into an assembly of all who stake.
  @Test func membershipIsNoMatterOfVotes() throws {
    let assembly = try Assembly()
    let ledger = assembly.fixture.ledger
    let member = Collective.Member(address: try assembly.fixture["eve"].address, weight: 1)
    let proposal = try assembly.propose([.collective(.setMembers([member]))])
    try assembly.vote(proposal, [("ann", .inFavour), ("bob", .inFavour)])
    let later = Timestamp(microseconds: ledger.clock.microseconds + 20)
    #expect(
      kind { try ledger.perform([(.collective(.execute(proposal: proposal)), assembly.fixture["eve"])], at: later) }
        == "ProposalFailed")
  }

  /// Proposals and their electorates survive a snapshot, and bytes that are not whole are refused.
  @Test func snapshotsKeepElectorates() throws {
    let assembly = try Assembly()
    let proposal = try assembly.propose([try assembly.pay(1)])
    try assembly.vote(proposal, [("ann", .inFavour), ("dan", .abstain)])
    let state = assembly.fixture.ledger.state
    #expect(try StateSnapshot(StateSnapshot(state, height: 1, transactionCount: 1).stored).state == state)
    var writer = ByteWriter()
    let mine = try #require(state.proposal(proposal))
    mine.encode(into: &writer)
    for length in 0..<writer.bytes.count {
      var reader = ByteReader(Array(writer.bytes.prefix(length)))
      #expect(throws: DecodingFailure.self) { try CollectiveProposal(from: &reader) }
    }
    var reader = ByteReader(writer.bytes)
    #expect(try CollectiveProposal(from: &reader) == mine)
  }
}

extension LedgerFixture {
  /// Of the next transaction.
  fileprivate func nonce(_ name: Label) throws -> UInt64 { ledger.state.account(try self[name].address)?.nonce ?? 0 }
}
