import Tensor
import Testing

@testable import Core

/// Stakes on the ledger: what lies there is conserved, and the economy's rules hold there as they do on paper.
@Suite struct StakeTests {
  private static let day: UInt64 = 86_400_000_000

  private func id(_ name: Label, _ fixture: LedgerFixture) throws -> Digest {
    let address = try fixture[name].address
    return LedgerIdentifier.stake(owner: address, nonce: fixture.ledger.state.account(address)?.nonce ?? 0)
  }

  private func at(_ day: UInt64) -> Timestamp { Timestamp(microseconds: day * Self.day) }

  /// A year's lock earns 1.75 times what an unlocked stake of the same size does (Network3 3.3.4), kept back until its end.
  @Test func locksEarnMoreAndLater() throws {
    let fixture = try LedgerFixture()
    let (ledger, ann, bob) = (fixture.ledger, try fixture["ann"], try fixture["bob"])
    let (mine, other) = (try id("ann", fixture), try id("bob", fixture))
    try ledger.perform(
      [(.stake(.stake(Amount(tokens: 50))), ann), (.stake(.stake(Amount(tokens: 50))), bob)], at: at(7))
    try ledger.perform([(.stake(.lock(position: mine, days: 365)), ann)], at: at(7))
    #expect(ledger.state.stake(mine)?.position.voteEscrow == Amount(tokens: 50))
    // Nobody has staked through a week that is not over.
    for start: UInt32 in [8, 30_000, .max] {
      #expect(
        kind {
          try ledger.perform([(.stake(.distribute(.zero, weekStart: start)), fixture["cyd"])], at: at(14))
        } == "InvalidTime")
    }
    try ledger.perform([(.stake(.distribute(Amount(tokens: 11), weekStart: 7)), fixture["cyd"])], at: at(14))
    #expect(fixture.balance("bob") == Amount(tokens: 54))
    #expect(fixture.balance("ann") == Amount(tokens: 54))
    #expect(ledger.state.stake(mine)?.position.escrow == Amount(tokens: 3))
    #expect(ledger.state.stake(other)?.position.escrow == .zero)
    // Half of it leaves after a fifth of the year: of half the escrow a twenty-fifth is kept, the rest is for all.
    try ledger.perform([(.stake(.unstake(position: mine, Amount(tokens: 25))), ann)], at: at(7 + 73))
    #expect(fixture.balance("ann") == (try Amount("79.06")))
    #expect(ledger.state.stakerPool == (try Amount("1.44")))
    #expect(ledger.state.stake(mine)?.position.voteEscrow == Amount(tokens: 5))
    // At the end what is left is free, with its premium.
    try ledger.perform([(.stake(.unstake(position: mine, Amount(tokens: 25))), ann)], at: at(7 + 365))
    #expect(fixture.balance("ann") == (try Amount("105.56")))
    // What was forfeited is shared with the next week's money, once.
    try ledger.perform([(.stake(.distribute(Amount(tokens: 1), weekStart: 372)), fixture["cyd"])], at: at(379))
    #expect(try fixture.balance("bob") == Amount("56.44"))
    #expect(ledger.state.stakerPool == .zero)
    #expect(try ledger.verify().isSound)
  }

  @Test func slashingPaysReportersAndTheTreasury() throws {
    let fixture = try LedgerFixture()
    let ledger = fixture.ledger
    let mine = try id("ann", fixture)
    try ledger.perform([(.stake(.stake(Amount(tokens: 100))), fixture["ann"])], at: at(1))
    let slash = StakeAction.slash(
      position: mine, severity: 10_000, reporters: [try fixture["bob"].address, try fixture["cyd"].address])
    #expect(kind { try ledger.perform([(.stake(slash), fixture["ann"])], at: at(2)) } == "NotIssuer")
    try ledger.perform([(.stake(slash), fixture.issuer)], at: at(2))
    // Half is cut, a fifth of it for the two who reported.
    #expect(ledger.state.stake(mine)?.position.amount == Amount(tokens: 50))
    #expect(fixture.balance("bob") == Amount(tokens: 105) && fixture.balance("cyd") == Amount(tokens: 105))
    #expect(fixture.balance("mint") == Amount(tokens: 40))
    #expect(try ledger.verify().isSound)
  }

  @Test func refusalsAreNamed() throws {
    let fixture = try LedgerFixture()
    let ledger = fixture.ledger
    let mine = try id("ann", fixture)
    try ledger.perform([(.stake(.stake(Amount(tokens: 10))), fixture["ann"])], at: at(10))
    let state = ledger.state
    for (expected, action, name) in [
      ("InsufficientFunds", StakeAction.stake(Amount(tokens: 91)), "ann"), ("InvalidAmount", .stake(.zero), "ann"),
      ("UnknownPosition", .lock(position: SHA256.hash("x"), days: 7), "ann"),
      ("NotOwner", .lock(position: mine, days: 7), "bob"), ("InvalidLockPeriod", .lock(position: mine, days: 6), "ann"),
      ("InvalidLockPeriod", .lock(position: mine, days: 366), "ann"),
      ("InvalidWithdraw", .unstake(position: mine, Amount(tokens: 11)), "ann"),
      ("InvalidWithdraw", .unstake(position: mine, .zero), "ann"),
      ("NotOwner", .unstake(position: mine, Amount(tokens: 1)), "bob"),
    ] as [(String, StakeAction, Label)] {
      #expect(kind { try ledger.perform([(.stake(action), fixture[name])], at: at(10)) } == expected)
      #expect(ledger.state == state)
    }
    let twice = StakeAction.slash(
      position: mine, severity: 1, reporters: [try fixture["bob"].address, try fixture["bob"].address])
    #expect(kind { try ledger.perform([(.stake(twice), fixture.issuer)], at: at(10)) } == "DuplicateReport")
    let worse = StakeAction.slash(position: mine, severity: 10_001, reporters: [])
    #expect(kind { try ledger.perform([(.stake(worse), fixture.issuer)], at: at(10)) } == "InvalidSeverity")
  }

  /// Random stakes, locks, exits, slashes and distributions: nothing is lost or made, and every state survives a snapshot.
  @Test func everythingIsConserved() throws {
    var stream = RandomStream(seed: 5, purpose: "stakes")
    func pick(_ count: Int) -> Int { Int(stream.next() % UInt64(count)) }
    let names: [Label] = ["ann", "bob", "cyd"]
    let fixture = try LedgerFixture()
    var state = fixture.ledger.state
    var nonces: [Label: UInt64] = [:]
    var ids: [(id: Digest, owner: Label)] = []
    var day: UInt64 = 10
    var taken = 0
    for _ in 0..<3_000 {
      day += UInt64(pick(9))
      var name = names[pick(3)]
      let position = ids.isEmpty ? nil : ids[pick(ids.count)]
      if let position, pick(8) > 0 { name = position.owner }
      let amount = Amount(units: UInt128(stream.next() >> UInt64(pick(30))))
      let id = position?.id ?? SHA256.hash("none")
      let action: StakeAction =
        switch pick(9) {
        case 0, 1: .stake(amount)
        case 2, 3: .lock(position: id, days: UInt16(5 + pick(365)))
        case 4, 5: .unstake(position: id, pick(3) == 0 ? state.stake(id)?.position.amount ?? amount : amount)
        case 6:
          .slash(
            position: id, severity: UInt16(pick(10_500)), reporters: pick(2) == 0 ? [] : [try fixture["bob"].address])
        default: .distribute(amount, weekStart: UInt32(max(0, day - 7 + (pick(5) == 0 ? 1 : 0))))
        }
      if case .slash = action { name = "mint" }
      let key = try fixture[name]
      let nonce = nonces[name] ?? state.account(key.address)?.nonce ?? 0
      let transaction = try Transaction(
        chain: fixture.ledger.chain, nonce: nonce, action: .stake(action), signedBy: key)
      do {
        try StateTransition.apply(transaction, in: BlockContext(height: 2, timestamp: at(day)), to: &state)
        taken += 1
        nonces[name] = nonce + 1
        if case .stake = action { ids.append((LedgerIdentifier.stake(owner: key.address, nonce: nonce), name)) }
      } catch {
        continue
      }
      #expect(try state.census().held == state.chain?.supply)
    }
    #expect(taken > 1_000)
    #expect(try StateSnapshot(StateSnapshot(state, height: 1, transactionCount: 1).stored).state == state)
  }
}
