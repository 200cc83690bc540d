import Solvers
import Tensor
import Testing

@testable import Core

/// The auctions that contracts run: exact, conserving to the unit, and the rules of Solvers where those are exact too.
@Suite struct ExactAuctionTests {
  private func offers(_ stream: inout RandomStream, most: Int, upTo: Int) -> [Int] {
    (0..<stream.integer(below: most + 1)).map { _ in stream.integer(below: upTo) }
  }

  private func amounts(_ values: [Int]) -> [Amount] { values.map { Amount(units: UInt128($0)) } }
  private func total(_ amounts: [Amount]) -> UInt128 { amounts.reduce(0) { $0 + $1.units } }

  /// Small whole numbers are exact as doubles: winners and payments must be those of the published rule.
  @Test(arguments: UnitAuction.Pricing.allCases)
  func unitAuctionsAreThoseOfSolvers(pricing: UnitAuction.Pricing) throws {
    var stream = RandomStream(seed: 1, purpose: "unit auctions \(pricing)")
    let twin = try #require(SealedBidPricing(rawValue: pricing.rawValue))
    for _ in 0..<2_000 {
      let bids = offers(&stream, most: 7, upTo: 12) + [stream.integer(below: 12)]
      let units = 1 + stream.integer(below: 4)
      let (reserve, rank) = (stream.integer(below: 8), 1 + stream.integer(below: 5))
      let ours = try UnitAuction(
        pricing: pricing, units: units, reserve: Amount(units: UInt128(reserve)), rank: rank
      ).run(amounts(bids))
      let mechanism = try SealedBidMechanism(
        bidders: bids.count, bounds: 0...12, pricing: twin, units: units, reserve: Double(reserve), rank: rank)
      let theirs = try mechanism.run(bids.map { [Double($0)] })
      #expect(ours.payments.map { Double($0.units) } == theirs.payments, "\(bids) \(units) \(reserve) \(rank)")
      #expect(Set(ours.winners) == Set(bids.indices.filter { theirs.coefficients.values[$0] == 1 }))
      #expect(ours.revenue.units == total(ours.payments))
    }
  }

  /// Even numbers, so that means and halves are whole: the rules of Solvers to the unit. Whatever is offered, what buyers
  /// pay is what sellers receive and the auctioneer keeps or adds.
  @Test func doubleAuctionsAreThoseOfSolvers() throws {
    var stream = RandomStream(seed: 2, purpose: "double auctions")
    for _ in 0..<4_000 {
      let asks = (offers(&stream, most: 6, upTo: 10) + [stream.integer(below: 10)]).map { 2 * $0 }
      let bids = (offers(&stream, most: 6, upTo: 10) + [stream.integer(below: 10)]).map { 2 * $0 }
      let pairs: [(ExactDoubleAuction, DoubleAuction.Rule)] =
        [(ExactDoubleAuction(.mcAfee), .mcAfee), (ExactDoubleAuction(.tradeReduction), .tradeReduction)]
        + DoubleAuction.BuyerPrice.allCases.map { (ExactDoubleAuction(.printed, buyerPrice: $0), .printed($0)) }
      for (ours, theirs) in pairs {
        let exact = try ours.run(asks: amounts(asks), bids: amounts(bids))
        let published = try theirs.cleared(asks: asks.map(Double.init), bids: bids.map(Double.init))
        #expect(exact.buyers == published.winningBuyers && exact.sellers == published.winningSellers, "\(theirs)")
        #expect(exact.payments.map { Double($0.units) } == published.buyerPayments, "\(theirs) \(asks) \(bids)")
        #expect(exact.receipts.map { Double($0.units) } == published.sellerReceipts, "\(theirs) \(asks) \(bids)")
        #expect(total(exact.payments) + exact.deficit.units == total(exact.receipts) + exact.surplus.units)
      }
    }
  }

  /// A shared price is split to the unit, nobody pays more than it bid, and whoever wins in exact money wins by the
  /// published rule.
  @Test func sharedCostBalancesToTheUnit() throws {
    var stream = RandomStream(seed: 3, purpose: "shared cost")
    for _ in 0..<4_000 {
      let asks = offers(&stream, most: 4, upTo: 40) + [stream.integer(below: 40)]
      let bids = offers(&stream, most: 7, upTo: 40)
      let reserve = stream.uniform() < 0.5 ? nil : Amount(units: UInt128(stream.integer(below: 40)))
      let outcome = try ExactDoubleAuction(.sharedCost, reserve: reserve).run(asks: amounts(asks), bids: amounts(bids))
      #expect(total(outcome.payments) == total(outcome.receipts))
      #expect(outcome.surplus.isZero && outcome.deficit.isZero)
      for buyer in bids.indices { #expect(outcome.payments[buyer].units <= UInt128(bids[buyer])) }
      for seller in outcome.sellers { #expect(outcome.receipts[seller].units >= UInt128(asks[seller])) }
      let shares = outcome.buyers.map { outcome.payments[$0].units }
      if let most = shares.max(), let least = shares.min() { #expect(most - least <= 1) }
      guard !bids.isEmpty else { continue }
      let published = try DoubleAuction.sharedCost(
        asks: asks.map(Double.init), bids: bids.map(Double.init), reserve: reserve.map { Double($0.units) })
      #expect(Set(outcome.buyers).isSubset(of: published.winningBuyers))
    }
  }

  /// Nobody is worse off by trading, at any amounts, with prices that are not whole in between.
  @Test func nobodyLosesAndNothingIsLost() throws {
    var stream = RandomStream(seed: 4, purpose: "individual rationality")
    for _ in 0..<4_000 {
      let asks = (0..<stream.integer(below: 8)).map { _ in
        Amount(units: UInt128(stream.next()) << stream.integer(below: 60))
      }
      let bids = (0..<stream.integer(below: 8)).map { _ in
        Amount(units: UInt128(stream.next()) << stream.integer(below: 60))
      }
      for rule in [ExactDoubleAuction.Rule.mcAfee, .tradeReduction, .sharedCost] {
        let outcome = try ExactDoubleAuction(rule).run(asks: asks, bids: bids)
        #expect(outcome.deficit.isZero)
        for buyer in bids.indices { #expect(outcome.payments[buyer] <= bids[buyer]) }
        for seller in outcome.sellers { #expect(outcome.receipts[seller] >= asks[seller]) }
        #expect(
          try Amount.total(outcome.payments) == Amount.total(outcome.receipts) + outcome.surplus, "\(rule)")
      }
      for pricing in UnitPurchase.Pricing.allCases {
        let reserve = stream.uniform() < 0.5 ? nil : Amount(units: UInt128(stream.next()))
        let units = 1 + stream.integer(below: 4)
        let outcome = try UnitPurchase(pricing: pricing, units: units, reserve: reserve).run(asks)
        let cost = try Amount.total(outcome.receipts)
        #expect(outcome.winners.count <= units && outcome.cost == cost)
        for seller in outcome.winners {
          #expect(outcome.receipts[seller] >= asks[seller] && outcome.receipts[seller] <= reserve ?? .maximum)
        }
      }
    }
  }

  /// Truth is dominant: no seller gains by another ask, of all that there are. (Vickrey, procurement.)
  @Test func truthIsDominantInPurchases() throws {
    var stream = RandomStream(seed: 5, purpose: "truth")
    for _ in 0..<300 {
      let costs = offers(&stream, most: 4, upTo: 8) + [stream.integer(below: 8)]
      let auction = UnitPurchase(
        pricing: .second, units: 1 + stream.integer(below: 3),
        reserve: stream.uniform() < 0.5 ? nil : Amount(units: UInt128(stream.integer(below: 9))))
      func gain(_ seller: Int, _ asks: [Int]) throws -> Int {
        let outcome = try auction.run(amounts(asks))
        return outcome.winners.contains(seller) ? Int(outcome.receipts[seller].units) - costs[seller] : 0
      }
      for seller in costs.indices {
        let truthful = try gain(seller, costs)
        for lie in 0..<10 {
          var asks = costs
          asks[seller] = lie
          #expect(try gain(seller, asks) <= truthful, "\(costs) \(seller) says \(lie)")
        }
      }
    }
  }

  @Test func sumsBeyondAnAmountAreRefused() {
    let bids = [Amount.maximum, .maximum]
    #expect(throws: AmountError.self) { try UnitAuction(pricing: .first, units: 2).run(bids) }
    #expect(throws: AmountError.self) { try UnitPurchase(pricing: .first, units: 2).run(bids) }
    #expect(throws: AmountError.self) {
      try ExactDoubleAuction(.mcAfee).run(asks: [.zero, .zero, .zero], bids: bids + bids)
    }
  }

  @Test func questionsThatHaveNoAnswer() {
    let money = ContractValue.list([.amount(.zero)])
    let wrong: [([ContractValue], String)] = [
      ([.text("sealed"), .list([.integer(1)]), .null], "a list of amounts"),
      ([.text("sealed"), .text("x"), .null], "a list of amounts"),
      ([.text("sealed"), money, .record(["prices": .text("first")])], "no option 'prices'"),
      ([.text("sealed"), money, .record(["price": .text("third")])], "one of"),
      ([.text("sealed"), money, .record(["units": .integer(0)])], "at least 1"),
      ([.text("sealed"), money, .record(["reserve": .integer(1)])], "is an amount"),
      ([.text("double"), money, money, .list([.integer(1)])], "options are a table"),
    ]
    for (question, message) in wrong {
      #expect { try ContractAuction.answer(question) } throws: { error in
        let failure = error as? ContractFailure
        return failure?.cause == .contractError && failure?.message.contains(message) == true
      }
    }
    #expect(throws: ContractFailure.self) { try ContractAuction.answer([]) }
    #expect(throws: ContractFailure.self) { try ContractAuction.answer([.text("dutch"), money, .null]) }
  }
}
