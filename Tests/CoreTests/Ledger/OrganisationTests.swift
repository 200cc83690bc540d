import Tensor
import Testing

@testable import Core

/// The bounds on organisations and their proposals, each by itself.
@Suite struct OrganisationTests {
  private static let rule = Collective.Rule(isByHead: false, quorum: 5_000, votingPeriod: 10, timelock: 10)

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
    let many = Collective.Rule(isByHead: true, quorum: 10_001, votingPeriod: 1, timelock: 0)
    let short = Collective.Rule(isByHead: true, quorum: 0, votingPeriod: 0, timelock: 0)
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
}
