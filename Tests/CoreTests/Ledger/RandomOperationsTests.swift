import Tensor
import Testing

@testable import Core

/// Thousands of random operations, good and bad, against a model that knows nothing of the ledger's code: plain
/// dictionaries, one `if` for each rule.
@Suite struct RandomOperationsTests {
  private struct Model: Equatable {
    struct Escrow: Equatable {
      var from: Int
      var to: Int
      var arbiter: Int
      var amount: UInt128
      var expiry: UInt64
    }
    var balances: [UInt128] = []
    var nonces: [UInt64] = []
    var escrows: [Digest: Escrow] = [:]
    var issued: UInt128 = 0

    var held: UInt128 { balances.reduce(0, +) + escrows.values.reduce(0) { $0 + $1.amount } }
  }

  @Test func ledgerAgreesWithTheModel() throws {
    var stream = RandomStream(seed: 11, purpose: "operations")
    func pick(_ count: Int) -> Int { Int(stream.next() % UInt64(count)) }
    let names = (0..<6).map { Label("user\($0)") ?? "user" }
    let keys = try names.map { try KeyPair(runSeed: 11, account: $0) }
    // User 0 is the issuer.
    let ledger = try Ledger.found(
      name: "model", issuer: keys[0], issuerName: names[0], at: Timestamp(microseconds: 0))
    try ledger.perform(zip(names, keys).dropFirst().map { (action: .openAccount(name: $0), by: $1) }, at: ledger.clock)
    var model = Model(balances: .init(repeating: 0, count: 6), nonces: .init(repeating: 1, count: 6))
    var applied: [Transaction] = []
    var (taken, refused) = (0, 0)
    var now: UInt64 = 0

    for _ in 0..<4000 {
      now += UInt64(pick(3))
      let who = pick(6)
      let to = pick(6)
      let amount = UInt128(stream.next() >> UInt64(pick(64)))
      let nonce = pick(12) == 0 ? UInt64(pick(10)) : model.nonces[who]
      var next = model
      var isAllowed = nonce == model.nonces[who]
      let action: Action
      switch pick(6) {
      case 0:
        action = .issue(to: keys[to].address, amount: Amount(units: amount))
        isAllowed = isAllowed && who == 0
        next.issued += amount
        next.balances[to] += amount
      case 1, 2:
        action = .transfer(to: keys[to].address, amount: Amount(units: amount))
        isAllowed = isAllowed && model.balances[who] >= amount
        if isAllowed {
          next.balances[who] -= amount
          next.balances[to] += amount
        }
      case 3:
        let parts = (0..<pick(4)).map { _ in (pick(6), UInt128(stream.next() >> UInt64(pick(64)))) }
        action = .pay(parts.map { Payment(to: keys[$0.0].address, amount: Amount(units: $0.1)) })
        for (recipient, part) in parts {
          guard isAllowed, next.balances[who] >= part else {
            isAllowed = false
            break
          }
          next.balances[who] -= part
          next.balances[recipient] += part
        }
      case 4:
        let escrow = Model.Escrow(from: who, to: to, arbiter: pick(6), amount: amount, expiry: now + UInt64(pick(50)))
        action = .openEscrow(
          beneficiary: keys[to].address, arbiter: keys[escrow.arbiter].address, amount: Amount(units: amount),
          expiry: Timestamp(microseconds: escrow.expiry))
        isAllowed = isAllowed && model.balances[who] >= amount
        if isAllowed {
          next.balances[who] -= amount
          next.escrows[LedgerIdentifier.escrow(depositor: keys[who].address, nonce: nonce)] = escrow
        }
      default:
        guard let (identifier, escrow) = model.escrows.min(by: { $0.key < $1.key }) else { continue }
        let isRelease = pick(2) == 0
        action = isRelease ? .releaseEscrow(identifier) : .refundEscrow(identifier)
        let isParty =
          isRelease
          ? [escrow.from, escrow.arbiter].contains(who)
          : [escrow.to, escrow.arbiter].contains(who) || (escrow.from == who && now >= escrow.expiry)
        isAllowed = isAllowed && isParty && escrow.amount > 0
        next.balances[isRelease ? escrow.to : escrow.from] += escrow.amount
        next.escrows[identifier] = nil
      }
      next.nonces[who] += 1
      let transaction = try Transaction(chain: ledger.chain, nonce: nonce, action: action, signedBy: keys[who])
      let before = ledger.state.digest
      let wasTaken = kind { try ledger.append([transaction], at: Timestamp(microseconds: now)) } == nil
      #expect(wasTaken == isAllowed)
      if wasTaken {
        model = next
        applied.append(transaction)
        taken += 1
      } else {
        #expect(ledger.state.digest == before)
        refused += 1
      }
      for (index, key) in keys.enumerated() {
        let account = try #require(ledger.state.account(key.address))
        #expect(account.balance.units == model.balances[index])
        #expect(account.nonce == model.nonces[index])
      }
      let census = try ledger.state.census()
      #expect(census.held.units == model.held)
      #expect(model.held == model.issued)
      #expect(ledger.state.chain?.issued.units == model.issued)
      if let old = applied.randomElement(using: &stream), pick(20) == 0 {
        #expect(kind { try ledger.append([old], at: ledger.clock) } == "WrongNonce")
      }
    }
    // The sequence must have exercised both sides.
    #expect(taken > 1000 && refused > 500)
    let report = try ledger.verify()
    #expect(report.isSound)
    #expect(report.transactions == taken + 6)
  }

  /// A transition is a function: it gives the same state whenever it is asked, and the journal's undoing is exact.
  @Test func applyingIsPure() throws {
    let fixture = try LedgerFixture()
    let transfer = try fixture.ledger.sign([
      (.transfer(to: fixture["bob"].address, amount: Amount(tokens: 1)), fixture["ann"])
    ])
    let context = BlockContext(height: 2, timestamp: fixture.ledger.clock)
    let state = fixture.ledger.state
    let once = try StateTransition.applying(transfer[0], in: context, to: state)
    let twice = try StateTransition.applying(transfer[0], in: context, to: state)
    #expect(once == twice && once.digest == twice.digest && once != state)
    #expect(fixture.ledger.state == state)
    var undone = once
    undone.rollBack(to: 0)
    #expect(undone == state && undone.digest == state.digest)
  }

  @Test func sameSeedSameHashes() throws {
    #expect(try LedgerFixture().ledger.head == LedgerFixture().ledger.head)
    #expect(try LedgerFixture(tokens: 99).ledger.head?.hash != LedgerFixture(tokens: 100).ledger.head?.hash)
  }
}
