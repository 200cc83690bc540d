import Solvers
import Tensor
import Testing

@testable import Core

/// The bounds on organisations and their proposals, each by itself.
@Suite struct OrganisationTests {
  static let rule = Collective.Rule(.weights, quorum: 5_000, votingPeriod: 10, timelock: 10)

  private func outcome(_ members: [Collective.Member], _ rule: Collective.Rule = rule) throws -> String? {
    let fixture = try LedgerFixture()
    let action = Action.collective(.found(name: "guild", members: members, rule: rule))
    return kind { try fixture.ledger.perform([(action, fixture["ann"])], at: fixture.ledger.clock) }
  }

  @Test func membersAreBounded() throws {
    let ann = Collective.Member(address: try LedgerFixture.key("ann").address, weight: 1)
    let stranger = Collective.Member(address: Address(bytes: SHA256.hash("nobody").bytes), weight: 1)
    #expect(try outcome([ann]) == nil)
    #expect(try outcome([]) == "InvalidParameter")
    #expect(
      try outcome((0...1_000).map { .init(address: Address(bytes: SHA256.hash("\($0)").bytes), weight: 1) })
        == "InvalidParameter")
    #expect(try outcome([ann, ann]) == "InvalidParameter")
    #expect(try outcome([.init(address: ann.address, weight: 0)]) == "InvalidParameter")
    #expect(try outcome([ann, stranger]) == "UnknownAccount")
    let many = Collective.Rule(.heads, quorum: 10_001, votingPeriod: 1, timelock: 0)
    let short = Collective.Rule(.heads, quorum: 0, votingPeriod: 0, timelock: 0)
    #expect(try outcome([ann], many) == "InvalidParameter")
    #expect(try outcome([ann], short) == "InvalidParameter")
  }

  @Test func proposalsAreBounded() throws {
    let fixture = try LedgerFixture()
    let (ledger, ann, bob) = (fixture.ledger, try fixture["ann"], try fixture["bob"])
    let nonce = ledger.state.account(ann.address)?.nonce ?? 0
    let guild = LedgerIdentifier.collective(founder: ann.address, nonce: nonce)
    let members = [Collective.Member(address: ann.address, weight: 1)]
    try ledger.perform([(.collective(.found(name: "guild", members: members, rule: Self.rule)), ann)], at: ledger.clock)
    func outcome(_ actions: [Action], by key: KeyPair = ann, of organisation: Address = guild) -> String? {
      kind { try ledger.perform([(.collective(.propose(by: organisation, actions)), key)], at: ledger.clock) }
    }
    let step = Action.transfer(to: bob.address, amount: .zero)
    #expect(outcome([step]) == nil)
    #expect(outcome([]) == "InvalidParameter")
    #expect(outcome(Array(repeating: step, count: 101)) == "InvalidParameter")
    #expect(outcome([.openAccount(name: "x")]) == "InvalidParameter")
    #expect(outcome([.collective(.execute(proposal: .zero))]) == "InvalidParameter")
    #expect(outcome([step], by: bob) == "NotMember")
    #expect(outcome([step], of: bob.address) == "UnknownAccount")
  }

  /// What an organisation brings into being bears its own nonces, one for each step.
  @Test func stepsCount() throws {
    let fixture = try LedgerFixture()
    let (ledger, ann, bob) = (fixture.ledger, try fixture["ann"], try fixture["bob"])
    let guild = LedgerIdentifier.collective(
      founder: ann.address, nonce: ledger.state.account(ann.address)?.nonce ?? 0)
    let members = [Collective.Member(address: ann.address, weight: 1)]
    try ledger.perform([(.collective(.found(name: "guild", members: members, rule: Self.rule)), ann)], at: ledger.clock)
    let proposal = LedgerIdentifier.proposal(
      member: ann.address, nonce: ledger.state.account(ann.address)?.nonce ?? 0)
    let step = Action.openEscrow(
      beneficiary: bob.address, arbiter: bob.address, amount: .zero, expiry: Timestamp(microseconds: 1))
    try ledger.perform(
      [
        (.collective(.propose(by: guild, [step, step])), ann), (.collective(.vote(proposal: proposal, .inFavour)), ann),
      ], at: ledger.clock)
    let later = Timestamp(microseconds: ledger.clock.microseconds + 20)
    try ledger.perform([(.collective(.execute(proposal: proposal)), ann)], at: later)
    #expect(ledger.state.account(guild)?.nonce == 2)
    for nonce in [0, 1] as [UInt64] {
      #expect(ledger.state.escrow(LedgerIdentifier.escrow(depositor: guild, nonce: nonce)) != nil)
    }
  }

  /// An organisation's name is its own from the beginning.
  @Test func namesAreTaken() throws {
    let books = try Bond(Amount(tokens: 1))
    let ledger = books.fixture.ledger
    #expect(ledger.state.address(named: "guild") == books.guild)
    #expect(
      kind { try ledger.perform([(.openAccount(name: "guild"), LedgerFixture.key("stranger"))], at: ledger.clock) }
        == "NameTaken")
  }

  /// Who joins by a vote may propose, and who leaves may not.
  @Test func membersChangeByVote() throws {
    let books = try Bond(Amount(tokens: 1))
    let (ann, bob) = (try books.fixture["ann"], try books.fixture["bob"])
    #expect(books.decide(.collective(.setMembers([.init(address: ann.address, weight: 4)]))) == nil)
    #expect(books.fixture.ledger.state.collective(books.guild)?.members == [.init(address: ann.address, weight: 4)])
    #expect(books.decide(.transfer(to: bob.address, amount: .zero)) == "NotMember")
  }

  // MARK: Broken promises

  /// A guild that guards bonds, and a bond of ann's in its keeping.
  private struct Bond {
    let fixture: LedgerFixture
    let guild: Address
    let escrow: Digest

    init(_ amount: Amount) throws {
      fixture = try LedgerFixture()
      let (ledger, ann, bob) = (fixture.ledger, try fixture["ann"], try fixture["bob"])
      guild = LedgerIdentifier.collective(founder: bob.address, nonce: ledger.state.account(bob.address)?.nonce ?? 0)
      try ledger.perform(
        [
          (
            .collective(
              .found(name: "guild", members: [.init(address: bob.address, weight: 1)], rule: OrganisationTests.rule)),
            bob
          )
        ], at: ledger.clock)
      escrow = LedgerIdentifier.escrow(depositor: ann.address, nonce: ledger.state.account(ann.address)?.nonce ?? 0)
      try ledger.perform(
        [
          (
            .openEscrow(beneficiary: guild, arbiter: guild, amount: amount, expiry: Timestamp(microseconds: .max)), ann
          )
        ], at: ledger.clock)
    }

    /// Proposes, votes, waits, carries out.
    func decide(_ action: Action) -> String? {
      kind {
        let (ledger, bob) = (fixture.ledger, try fixture["bob"])
        let proposal = LedgerIdentifier.proposal(
          member: bob.address, nonce: ledger.state.account(bob.address)?.nonce ?? 0)
        try ledger.perform(
          [
            (.collective(.propose(by: guild, [action])), bob), (.collective(.vote(proposal: proposal, .inFavour)), bob),
          ], at: ledger.clock)
        try ledger.perform(
          [(.collective(.execute(proposal: proposal)), bob)],
          at: Timestamp(microseconds: ledger.clock.microseconds + 20))
      }
    }

    func punish(_ promised: UInt32, _ measured: UInt32, slope: (UInt32, UInt32) = (1, 1)) -> String? {
      decide(
        .collective(
          .punish(
            BrokenPromise(
              escrow: escrow, promised: promised, measured: measured, slopeNumerator: slope.0,
              slopeDenominator: slope.1))))
    }
  }

  /// The penalty is that of HCFL's vote, to the unit; the rest of the bond comes back.
  @Test func brokenPromisesCostWhatTheVoteOfHCFLSays() throws {
    var stream = RandomStream(seed: 3, purpose: "broken promises")
    for _ in 0..<60 {
      let bond = Amount(units: UInt128(stream.next()))
      let promised = 1 + stream.integer(below: 1_000_000)
      let measured = stream.integer(below: promised)
      let slope = (1 + stream.integer(below: 5), 1 + stream.integer(below: 5))
      let books = try Bond(bond)
      let before = try #require(books.fixture.balance("ann"))
      #expect(books.punish(UInt32(promised), UInt32(measured), slope: (UInt32(slope.0), UInt32(slope.1))) == nil)
      let verdict = try PromiseVote(
        promised: promised, measured: measured, votes: [true], bond: Int128(bond.units),
        slope: PromiseVote.Slope(UInt64(slope.0), over: UInt64(slope.1)))
      let after = try #require(books.fixture.balance("ann"))
      let taken = try #require(books.fixture.balance("guild"))
      #expect(taken.units == verdict.penalty.magnitude)
      #expect(try after - before == bond - taken)
      #expect(books.fixture.ledger.state.escrow(books.escrow)?.amount == .zero)
    }
  }

  /// A vote alone takes nobody's bond, nor does anybody but the arbiter; a bond is taken once.
  @Test func aVoteAloneTakesNoBond() throws {
    let books = try Bond(Amount(tokens: 5))
    #expect(books.punish(900_000, 900_000) == "ProposalFailed")
    #expect(books.punish(900_000, 950_000) == "ProposalFailed")
    #expect(books.punish(0, 0) == "ProposalFailed")
    #expect(books.punish(1_000_001, 0) == "ProposalFailed")
    #expect(books.punish(900_000, 0, slope: (1, 0)) == "ProposalFailed")
    #expect(books.fixture.ledger.state.escrow(books.escrow)?.amount == Amount(tokens: 5))
    let promise = BrokenPromise(escrow: books.escrow, promised: 2, measured: 1)
    #expect(
      kind {
        try books.fixture.ledger.perform(
          [(.collective(.punish(promise)), books.fixture["bob"])], at: books.fixture.ledger.clock)
      } == "UnknownAccount")
    #expect(books.punish(900_000, 450_000) == nil)
    #expect(books.fixture.balance("guild") == Amount(units: 2_500_000_000_000_000_000))
    #expect(books.punish(900_000, 450_000) == "ProposalFailed")
  }

  @Test func onlyTheArbiterPunishes() throws {
    let books = try Bond(Amount(tokens: 5))
    let (ledger, ann) = (books.fixture.ledger, try books.fixture["ann"])
    let mine = LedgerIdentifier.escrow(depositor: ann.address, nonce: ledger.state.account(ann.address)?.nonce ?? 0)
    try ledger.perform(
      [
        (
          .openEscrow(
            beneficiary: books.guild, arbiter: ann.address, amount: Amount(tokens: 1),
            expiry: Timestamp(microseconds: .max)), ann
        )
      ], at: ledger.clock)
    #expect(
      books.decide(.collective(.punish(BrokenPromise(escrow: mine, promised: 2, measured: 1)))) == "ProposalFailed")
    #expect(ledger.state.escrow(mine)?.amount == Amount(tokens: 1))
  }
}
