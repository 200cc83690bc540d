import Tensor
import Testing

@testable import Solvers

@Suite struct SellerSelectionMechanismTests {
  /// The mechanism is the auction it wraps; a seller who doubles its samples is paid more (audit T8).
  @Test func wrapsTheAuction() throws {
    let sellers = try DataSellers(sizes: [9_630, 3_118, 15_626], distances: [1.517, 0.136, 1.625])
    let bids = [0.04304, 0.03572, 0.03194]
    let mechanism = try SellerSelectionMechanism(sellers, rule: .vickrey(reserve: nil), costs: 0...0.06)
    func reports(_ sizes: [Double]) -> [[Double]] {
      bids.indices.map { [bids[$0], sizes[$0], sellers.distances[$0]] }
    }
    let outcome = try mechanism.run(reports(sellers.sizes))
    let expected = try SubsetSelection(sellers).vickrey(bids: bids)
    #expect(outcome.payments == expected.payments.map { -$0 })
    #expect((0..<3).filter { outcome.coefficients[$0, 0] == -1 } == expected.winners)
    let lie = try mechanism.run(reports([2 * 9_630, 3_118, 15_626]))
    #expect(-lie.payments[0] > -outcome.payments[0])
    let facts = try mechanism.publicFacts(Profile(reports(sellers.sizes)), outcome: outcome)
    #expect(abs(facts[1].value - expected.buyerSurplus) < 1e-12)
  }

  @Test func learnedAuctionsAreMechanisms() throws {
    var settings = LearningSettings()
    settings.iterations = 10
    let design = ReverseAuctionDesign(
      sellers: try DataSellers(sizes: [2e4, 1e4], distances: [0.8, 0.3], valueScale: 10))
    let reverse = LearnedReverseMechanism(try ReverseAuctionNetwork.trained(design, settings: settings).network)
    let bought = try reverse.run([[0.2], [0.6]])
    #expect(bought.coefficients.values.allSatisfy { (-1...0).contains($0) } && bought.payments.allSatisfy { $0 <= 0 })
    let items = LearnedItemMechanism(
      try ItemAuctionNetwork.trained(ItemAuctionDesign(bidders: 2, items: 2), settings: settings).network)
    let reports = [[0.2, 0.9], [0.6, 0.1]]
    let sold = try items.run(reports)
    #expect(try items.infeasibility(of: sold, reports: Profile(reports)) == nil)
  }
}
