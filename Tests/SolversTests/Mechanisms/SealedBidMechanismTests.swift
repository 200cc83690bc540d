import Testing

@testable import Solvers

@Suite("Sealed-bid auctions of equal units")
struct SealedBidMechanismTests {
  /// Four bidders, two units: 8 and 5 win, 3 is the highest losing bid.
  @Test(
    "What winners pay follows the pricing",
    arguments: [
      (SealedBidPricing.first, [5.0, 0, 8, 0]), (.second, [3, 0, 3, 0]), (.uniform, [5, 0, 5, 0]),
      (.ranked, [1, 0, 1, 0]), (.allPay, [5, 3, 8, 1]),
    ])
  func prices(pricing: SealedBidPricing, payments: [Double]) throws {
    let auction = try SealedBidMechanism(bidders: 4, bounds: 0...10, pricing: pricing, units: 2, rank: 4)
    let outcome = try auction.run([[5], [3], [8], [1]])
    #expect(outcome.coefficients.values == [1, 0, 1, 0])
    #expect(outcome.payments == payments)
    #expect(try auction.optimalWelfare(Profile([[5], [3], [8], [1]])) == 13)
  }

  @Test("A reserve keeps units, and is what winners pay where no losing bid reaches it")
  func reserve() throws {
    let auction = try SealedBidMechanism(bidders: 3, bounds: 0...10, pricing: .second, units: 2, reserve: 4)
    let outcome = try auction.run([[3], [9], [2]])
    #expect(outcome.coefficients.values == [0, 1, 0])
    #expect(outcome.payments == [0, 4, 0])
  }

  @Test("With as many units as bidders, or more, everybody wins for nothing")
  func plenty() throws {
    for units in [3, 7] {
      let auction = try SealedBidMechanism(bidders: 3, pricing: .second, units: units)
      let outcome = try auction.run([[0.2], [0.4], [0.1]])
      #expect(outcome.coefficients.values == [1, 1, 1])
      #expect(outcome.surplus == 0)
    }
  }

  @Test("Many units are found by sorting as few are by looking")
  func manyUnits() throws {
    let bids = (0..<40).map { Double(($0 * 17) % 40) }
    for units in [1, 3, 4, 5, 11, 39] {
      let auction = try SealedBidMechanism(bidders: 40, bounds: 0...40, pricing: .second, units: units)
      let outcome = try auction.run(bids.map { [$0] })
      for (bidder, bid) in bids.enumerated() {
        #expect((outcome.coefficients.values[bidder] == 1) == (bid >= Double(40 - units)))
        #expect(outcome.payments[bidder] == (bid >= Double(40 - units) ? Double(39 - units) : 0))
      }
    }
  }

  @Test("Ties go to the lower index")
  func ties() throws {
    let outcome = try SealedBidMechanism(bidders: 3, pricing: .second).run([[0.5], [0.5], [0.5]])
    #expect(outcome.coefficients.values == [1, 0, 0])
    #expect(outcome.payments == [0.5, 0, 0])
  }

  @Test("Reports outside their space are refused by name")
  func refusals() throws {
    let auction = try SealedBidMechanism(bidders: 2, pricing: .first)
    for (reports, kind) in [
      ([[0.5]], SolverErrorKind.shapeMismatch), ([[0.5], [0.1, 0.2]], .shapeMismatch), ([[0.5], [.nan]], .notFinite),
      ([[0.5], [1.5]], .invalidParameter),
    ] {
      let error = #expect(throws: SolverError.self) { try auction.run(reports) }
      #expect(error?.reason == kind)
    }
    #expect(throws: SolverError.self) { try SealedBidMechanism(bidders: 0, pricing: .first) }
    #expect(throws: SolverError.self) { try SealedBidMechanism(bidders: 2, pricing: .first, units: 0) }
    #expect(throws: SolverError.self) { try SealedBidMechanism(bidders: 2, bounds: -1...1, pricing: .first) }
  }
}
