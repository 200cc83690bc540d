import Testing

@testable import Solvers

@Suite struct MarketAuditTests {
  private func audit(
    _ asks: [Double], _ bids: [Double], _ outcome: DoubleAuction.Outcome, members: [Double] = [1, 2],
    shares: [Double]? = nil
  ) throws -> MarketAudit {
    let receipt = outcome.sellerReceipts.reduce(0, +)
    return try MarketAudit(
      asks: asks, bids: bids, outcome: outcome, memberUtilities: members, receipt: receipt,
      shares: shares ?? [receipt / 3, receipt - receipt / 3])
  }

  @Test func sharedCostMarketHolds() throws {
    let outcome = try DoubleAuction.sharedCost(asks: [1, 5], bids: [10, 4, 2])
    let result = try audit([1, 5], [10, 4, 2], outcome)
    #expect(result.holds)
    #expect(result.verdicts.allSatisfy { $0.verdict.description == "holds" })
  }

  @Test func mcAfeeMarketBalancesWeakly() throws {
    let outcome = try DoubleAuction.mcAfee(asks: [1, 3, 20], bids: [10, 9, 8])
    let result = try audit([1, 3, 20], [10, 9, 8], outcome)
    #expect(result.weakBudgetBalance.holds && !result.strongBudgetBalance.holds)
  }

  @Test func printedMarketRunsAtALoss() throws {
    let outcome = try DoubleAuction.printed(asks: [2, 8], bids: [10, 1])
    let result = try audit([2, 8], [10, 1], outcome)
    guard case .violated(let witness) = result.weakBudgetBalance else {
      Issue.record("a loss of 7 went unseen")
      return
    }
    #expect(witness.participant == .auctioneer && witness.found == 1 && witness.allowed == 8 && witness.excess == 7)
    #expect(result.buyerRationality.holds && result.sellerRationality.holds)
  }

  @Test func worstBuyerIsNamed() throws {
    let outcome = try DoubleAuction.printed(asks: [1, 2, 3], bids: [10, 8, 3], buyerPrice: .second)
    let verdict = try audit([1, 2, 3], [10, 8, 3], outcome).buyerRationality
    #expect(verdict.description == "violated: buyer 3 pays more than it bid: 8.0 against 3.0")
  }

  @Test func membersAndSharesAreAudited() throws {
    let outcome = try DoubleAuction.sharedCost(asks: [1, 5], bids: [10, 4, 2])
    let result = try audit([1, 5], [10, 4, 2], outcome, members: [1, -0.5, -2], shares: [1, 1, 2])
    #expect(
      result.memberRationality
        == .violated(
          Violation(
            participant: .member(2), claim: "is left with less than by abstaining", found: -2, allowed: 0)))
    #expect(result.shareConservation.description.hasPrefix("violated: the organisation"))
  }
}
