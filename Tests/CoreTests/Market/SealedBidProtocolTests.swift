import Solvers
import Tensor
import Testing

@testable import Core

/// The sealed-bid auction as a mechanism does what the ledger's does, and breaks where the specification says.
@Suite struct SealedBidProtocolTests {
  /// Specification A14: values 10 and 8, asks of 0.4 and 0.5 of all bids, McAfee: the truth pays 8.5, a bid of 9 pays 8.25.
  @Test func asksThatFollowTheBidsAreMoved() throws {
    let printed = try SealedBidProtocol(
      buyers: 2, asks: .shares([0.4, 0.5], forecast: nil), bounds: 0...10, rule: .mcAfee)
    func payment(_ mechanism: SealedBidProtocol, _ bid: Double) throws -> Double {
      try mechanism.run([[0.4], [0.5], [bid, 0], [8, 0]]).payments[2]
    }
    #expect(try payment(printed, 10) == 8.5)
    #expect(try payment(printed, 9) == 8.25)
    let forecast = try SealedBidProtocol(
      buyers: 2, asks: .shares([0.4, 0.5], forecast: 18), bounds: 0...10, rule: .mcAfee)
    #expect(try payment(forecast, 9) == 8.5)
    #expect(try payment(forecast, 10) == 8.5)
  }

  private func violated(_ mechanism: SealedBidProtocol, _ properties: [MechanismProperty]) throws -> MechanismAudit {
    try MechanismAuditor(
      mechanism, options: AuditOptions(properties: properties, budget: .trials(1000), threads: 2)
    ).run()
  }

  @Test(arguments: [0, 1] as [UInt64])
  func verdicts(seed: UInt64) throws {
    let promises: [MechanismProperty] = [.individualRationality, .incentiveCompatibility, .weakBudgetBalance]
    for rule in [DoubleAuction.Rule.mcAfee, .tradeReduction, .sharedCost(reserve: nil)] {
      for asks in [SealedBidProtocol.Asks.sealed(sellers: 2), .shares([0.2, 0.3], forecast: 20)] {
        let mechanism = try SealedBidProtocol(buyers: 3, asks: asks, bounds: 0...10, rule: rule)
        #expect(try violated(mechanism, promises).violated.isEmpty, "\(rule) \(asks)")
      }
      let printed = try SealedBidProtocol(
        buyers: 3, asks: .shares([0.2, 0.3], forecast: nil), bounds: 0...10, rule: rule)
      let audit = try violated(printed, [.incentiveCompatibility])
      let counterexample = try #require(audit[.incentiveCompatibility]?.counterexample)
      #expect(try MechanismAuditor(printed).replay(counterexample) == counterexample.excess)
    }
    let sealed = try SealedBidProtocol(
      buyers: 3, asks: .sealed(sellers: 2), bounds: 0...10, rule: .printed(.generalizedSecond))
    #expect(try violated(sealed, [.incentiveCompatibility]).violated == [.incentiveCompatibility])
  }

  /// A deposit below what somebody may value makes the truth a bid that is discarded.
  @Test func smallDepositsSpoilTheTruth() throws {
    let mechanism = try SealedBidProtocol(
      buyers: 2, asks: .sealed(sellers: 2), bounds: 0...10, rule: .mcAfee, deposit: 12)
    let outcome = try mechanism.run([[1], [2], [9, 9], [5, 5]])
    #expect(outcome.payments[2] == 0)
    #expect(try violated(mechanism, [.incentiveCompatibility]).violated == [.incentiveCompatibility])
  }

  /// The same bids, sealed, signed, opened, cleared and settled on a ledger, move the same money.
  @Test(arguments: [0, 1, 2, 3])
  func theLedgerMovesTheSameMoney(draw: Int) throws {
    let fixture = try LedgerFixture(["p1", "p2", "p3"])
    let ledger = fixture.ledger
    let now = ledger.clock
    let sellers = try (1...2).map { place in
      let dao = try ModelDAO(named: "dao\(place)", members: ["u\(place)", "w\(place)"], runSeed: LedgerFixture.seed)
      try dao.openAccounts(on: ledger, at: now)
      return dao
    }
    try ledger.perform([(.openAccount(name: "host"), try fixture["host"])], at: now)
    let tokens = try sellers.map {
      try $0.mint(model: "fl-nft", modelHash: SHA256.hash("m"), round: 1, on: ledger, at: now)
    }
    var stream = RandomStream(seed: UInt64(draw), purpose: "sealed bids")
    let asks = (0..<2).map { _ in stream.uniform(0, 8) }
    let bids = (0..<3).map { _ in [stream.uniform(0, 6), stream.uniform(0, 6)] }
    let rule = draw % 2 == 0 ? DoubleAuction.Rule.mcAfee : .sharedCost(reserve: nil)
    var auction = try SealedBidAuction(
      named: "A", on: ledger, auctioneer: fixture["host"], deadline: Timestamp(microseconds: 60_000_000),
      settlementDeadline: Timestamp(microseconds: 90_000_000), at: now)
    try auction.submit(
      zip(sellers, zip(asks, tokens)).map {
        .ask(by: $0.name, key: $0.key, price: $1.0, token: $1.1)
      }
        + zip(["p1", "p2", "p3"], bids).map {
          let name = try Label(checking: $0)
          return .bid(by: name, key: try fixture[name], quality: $1[0], freshness: $1[1])
        }, at: ledger.clock)
    try auction.close(at: Timestamp(microseconds: 60_000_000))
    let opened = try auction.openBids(at: Timestamp(microseconds: 60_000_001))
    let clearing = try auction.clear(at: Timestamp(microseconds: 60_000_002)) { asks, bids in
      let outcome = try rule.cleared(asks: asks, bids: bids)
      return (outcome.buyerPayments, outcome.sellerReceipts)
    }
    let mechanism = try SealedBidProtocol(buyers: 3, asks: .sealed(sellers: 2), bounds: 0...8, rule: rule)
    let outcome = try mechanism.run(asks.map { [$0] } + bids)
    // The ledger lists bidders in the order of their addresses.
    for (entry, line) in zip(opened.bids, clearing.payments) {
      let place = try #require(["p1", "p2", "p3"].firstIndex(of: "\(entry.name)"))
      #expect(try Amount(micro: Micro.from(outcome.payments[2 + place])) == line.amount)
    }
    for (entry, line) in zip(opened.asks, clearing.receipts) {
      let place = try #require(["dao1", "dao2"].firstIndex(of: "\(entry.name)"))
      #expect(try Amount(micro: Micro.from(-outcome.payments[place])) == line.amount)
    }
  }

  @Test func marketsWithoutASideAreRefused() {
    #expect(throws: MarketError.self) {
      try SealedBidProtocol(buyers: 0, asks: .sealed(sellers: 1), bounds: 0...1, rule: .mcAfee)
    }
    #expect(throws: MarketError.self) {
      try SealedBidProtocol(buyers: 1, asks: .shares([], forecast: nil), bounds: 0...1, rule: .mcAfee)
    }
    #expect(throws: AmountError.self) {
      try SealedBidProtocol(buyers: 1, asks: .sealed(sellers: 1), bounds: -1...1, rule: .mcAfee)
    }
  }
}
