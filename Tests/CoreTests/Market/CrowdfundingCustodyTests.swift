import Solvers
import Tensor
import Testing

@testable import Core

/// A round of crowdfunding whose money moves on a ledger.
@Suite struct CrowdfundingCustodyTests {
  /// A round on a ledger, and what it was told.
  private struct Played {
    let fixture: LedgerFixture
    var round: CrowdfundingRound
    var custody: CrowdfundingCustody

    init(funds: UInt64 = 100) throws {
      fixture = try LedgerFixture(["ann", "bob", "cyd"], tokens: funds)
      let terms = try CrowdfundingTerms(
        name: "spring", deadlines: .init(propose: 10, commit: 20, reveal: 30, deliver: 40, train: 50, assess: 60),
        ownerBond: Amount(units: 100), stationBond: Amount(units: 50), beacon: Beacon(1, of: 2),
        silenceFee: Amount(units: 30), slope: PromiseVote.Slope(1))
      round = CrowdfundingRound(terms)
      custody = try CrowdfundingCustody(
        named: "spring deposits", key: LedgerFixture.key("spring deposits"), collector: fixture.issuer.address,
        on: fixture.ledger, at: fixture.ledger.clock
      ) {
        guard let label = Label($0) else { throw LedgerError.invalidParameter("no label") }
        return try LedgerFixture.key(label)
      }
    }

    mutating func perform(_ operation: CrowdfundingOperation, at time: Int) throws {
      var next = round
      try next.perform(operation, at: time)
      try custody.follow(from: round, to: next, on: fixture.ledger, at: fixture.ledger.clock)
      round = next
    }

    /// What the round owes lies in its account, to the unit; all else is where it was.
    func check() throws {
      let owed = try Amount.total(round.participants.map(\.balance) + (round.stage.isTerminal ? [] : [round.pool]))
      #expect(fixture.balance("spring deposits") == owed)
      for participant in round.participants {
        guard let label = Label(participant.name) else { continue }
        #expect(
          fixture.balance(label) == (try Amount(tokens: 100) - participant.deposit + participant.withdrawn))
      }
      #expect(fixture.balance("mint") == custody.collected)
    }
  }

  private let owners = ["ann", "bob"]

  private func register(_ played: inout Played) throws {
    for owner in owners { try played.perform(.register(owner, .owner, deposit: Amount(units: 1_000)), at: 1) }
    try played.perform(.register("cyd", .station, deposit: Amount(units: 400)), at: 1)
    try played.check()
    try played.perform(
      .propose("ann", accuracy: 900_000, low: Amount(units: 60), high: Amount(units: 120)), at: 2)
  }

  private func claim(_ played: inout Played, silent: String? = nil) throws {
    let claims: [(String, UInt128)] = [("ann", 80), ("bob", 30), ("cyd", 20)]
    for (who, claim) in claims {
      let digest = SealedClaim.digest(round: "spring", of: who, salt: "s", claims: [Amount(units: claim)])
      try played.perform(.commit(who, digest.description), at: 12)
    }
    for (who, claim) in claims where who != silent {
      try played.perform(.reveal(who, salt: "s", claims: [Amount(units: claim)]), at: 22)
    }
  }

  @Test func aGoodRoundPaysEverybody() throws {
    var played = try Played()
    try register(&played)
    try claim(&played)
    try played.perform(.deliver("ann"), at: 31)
    try played.perform(.update("cyd"), at: 41)
    try played.perform(.report("ann", accuracy: 880_000), at: 51)
    try played.perform(.vote("bob", punish: true), at: 52)
    try played.perform(.poke, at: 60)
    #expect(played.round.stage == .settled)
    // 100 times 20000 of 900000, rounded up, was taken as a punishment, and has left the round.
    #expect(played.custody.collected == played.round.pool && played.round.pool.units == 3)
    try played.check()
    for who in ["ann", "bob", "cyd"] {
      try played.perform(.withdraw(who), at: 61)
      try played.check()
    }
    #expect(played.fixture.balance("spring deposits") == .zero)
    // C = 90: ann and bob pay 45 each, ann 3 more; cyd receives 90.
    #expect(played.fixture.balance("cyd") == (try Amount(tokens: 100) + Amount(units: 90)))
    #expect(played.fixture.balance("ann") == (try Amount(tokens: 100) - Amount(units: 48)))
    #expect(played.fixture.balance("bob") == (try Amount(tokens: 100) - Amount(units: 45)))
    #expect(try played.fixture.ledger.verify().isSound)
  }

  /// The failure paths end with everybody's money on the ledger, too.
  @Test func brokenRoundsPayBack() throws {
    var undelivered = try Played()
    try register(&undelivered)
    try claim(&undelivered)
    try undelivered.perform(.poke, at: 40)
    #expect(undelivered.round.stage == .failedDelivery)
    try undelivered.check()
    var silent = try Played()
    try register(&silent)
    try claim(&silent, silent: "bob")
    try silent.perform(.poke, at: 30)
    #expect(silent.round.stage == .aborted && silent.custody.collected.units == 30)
    try silent.check()
    var lonely = try Played()
    try lonely.perform(.register("ann", .owner, deposit: Amount(units: 1_000)), at: 1)
    try lonely.perform(.withdraw("ann"), at: 10)
    try lonely.check()
    #expect(lonely.fixture.balance("ann") == Amount(tokens: 100))
  }

  /// What the ledger refuses has not happened in the round either, and the other way round.
  @Test func bothOrNeither() throws {
    var played = try Played(funds: 0)
    let before = played.round
    #expect(
      kind { try played.perform(.register("ann", .owner, deposit: Amount(units: 1_000)), at: 1) } == "InsufficientFunds"
    )
    #expect(
      kind { try played.perform(.register("nobody", .owner, deposit: Amount(units: 100)), at: 1) } == "UnknownAccount")
    #expect(played.round == before)
    let height = played.fixture.ledger.height
    #expect(kind { try played.perform(.withdraw("ann"), at: 1) } == "WrongState")
    #expect(played.fixture.ledger.height == height)
    #expect(
      kind {
        _ = try CrowdfundingCustody(
          named: "spring deposits", key: LedgerFixture.key("spring deposits"), collector: played.fixture.issuer.address,
          on: played.fixture.ledger, at: played.fixture.ledger.clock
        ) { _ in try LedgerFixture.key("ann") }
      } != nil)
  }
}
