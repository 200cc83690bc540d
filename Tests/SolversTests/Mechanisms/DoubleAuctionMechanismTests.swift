import Testing

@testable import Solvers

@Suite("Double auctions as mechanisms")
struct DoubleAuctionMechanismTests {
  private func outcome(_ rule: DoubleAuction.Rule, _ asks: [Double], _ bids: [Double]) throws -> (
    DoubleAuctionMechanism, MechanismOutcome
  ) {
    let mechanism = try DoubleAuctionMechanism(sellers: asks.count, buyers: bids.count, bounds: 0...10, rule: rule)
    return (mechanism, try mechanism.run((asks + bids).map { [$0] }))
  }

  @Test("Sellers' costs count with a minus sign, and their receipts as negative payments")
  func signs() throws {
    let (mechanism, traded) = try outcome(.mcAfee, [1, 2, 9], [8, 7, 0])
    // The next bid and ask, 0 and 9, have their mean between 2 and 7: everybody trades at 4.5.
    #expect(traded.coefficients.values == [-1, -1, 0, 1, 1, 0])
    #expect(traded.payments == [-4.5, -4.5, 0, 4.5, 4.5, 0])
    let truth = Profile([[1], [2], [9], [8], [7], [0]])
    #expect(try mechanism.utility(of: 0, true: truth, outcome: traded) == 3.5)
    #expect(try mechanism.utility(of: 3, true: truth, outcome: traded) == 3.5)
    #expect(try mechanism.optimalWelfare(truth) == 12)
  }

  @Test("Trade reduction loses the last trade and keeps what lies between its prices")
  func tradeReduction() throws {
    let (_, reduced) = try outcome(.tradeReduction, [1, 2, 9], [8, 7, 0])
    #expect(reduced.coefficients.values == [-1, 0, 0, 1, 0, 0])
    #expect(reduced.payments == [-2, 0, 0, 7, 0, 0])
    #expect(reduced.surplus == 5)
    #expect(try outcome(.tradeReduction, [5], [3]).1.surplus == 0)
  }

  @Test("A model is sold to many by one seller; units are not")
  func rivalry() throws {
    let truth = Profile([[1], [2], [8], [7]])
    let (shared, sold) = try outcome(.sharedCost(reserve: nil), [1, 2], [8, 7])
    #expect(sold.coefficients.values == [-1, 0, 1, 1])
    #expect(sold.surplus == 0)
    #expect(try shared.infeasibility(of: sold, reports: truth) == nil)
    #expect(try shared.optimalWelfare(truth) == 14)
    let (pairs, _) = try outcome(.mcAfee, [1, 2], [8, 7])
    #expect(try pairs.infeasibility(of: sold, reports: truth) != nil)
  }

  @Test("The book's order is that of a stable sort", arguments: [1, 7, 100])
  func order(seed: Int) throws {
    let keys = (0..<300).map { Double(($0 * seed * 31) % 17) }
    let expected = keys.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
    #expect(Ranked.order(of: keys) == expected)
  }
}
