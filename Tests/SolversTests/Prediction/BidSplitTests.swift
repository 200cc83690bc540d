import Testing

@testable import Solvers
@testable import Tensor

@Suite("From predicted totals to bids")
struct BidSplitTests {
  @Test("Parts keep the last bids' proportions and add to the total")
  func proportions() throws {
    let parts = try BidSplit.divided(
      total: 90, lastBids: Matrix(rows: 2, columns: 2, elements: [10, 20, 5, 25]))
    #expect(parts.elements == [15, 30, 7.5, 37.5])
  }

  @Test("Nothing to divide by is refused, nothing to divide is not")
  func zeros() throws {
    let none = Matrix(rows: 1, columns: 2, elements: [0, 0])
    let error = #expect(throws: SolverError.self) { try BidSplit.divided(total: 1, lastBids: none) }
    #expect(error?.reason == .undefinedRatio)
    #expect(try BidSplit.divided(total: 0, lastBids: Matrix(rows: 1, columns: 1, elements: [4])).elements == [0])
  }

  /// The best reply to what the others are taken to bid is the bid that everybody alike makes: specification 8.5 and the
  /// symmetric equilibrium are one statement.
  @Test("The cold start is where replying best changes nothing", arguments: [(2.0, 0.0), (5.0, 0.5), (12.0, 0.1)])
  func coldStart(providers: Double, load: Double) throws {
    let others = try BidSplit.withoutHistory(providers: providers, load: load, value: 50)
    let own = others / (providers - 1)
    func utility(_ bid: Double) -> Double { (50 - bid) * bid / (bid + others) - load * bid }
    #expect(utility(own) > utility(own * 1.001) && utility(own) > utility(own * 0.999))
    #expect(
      abs(others - (providers - 1) * 50 * (providers - 1) / (2 * providers - 1 + providers * providers * load)) < 1e-12
        * 50)
  }
}
