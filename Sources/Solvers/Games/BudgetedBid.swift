import Tensor

/// The best bids within a budget.
public struct BudgetedBids: Equatable, Sendable {
  /// What is bid on each coordinate, in money.
  public let bids: [Double]
  /// What another unit of money would earn: the multiplier of the budget, 0 where it does not bind.
  public let multiplier: Double
}

extension BidContest {
  /// The best bids on all coordinates together when they may not add to more than the budget.
  ///
  /// Under the budget each bid is the closed form with A + mu in the place of A; the multiplier mu is found by
  /// bisection. Scaling the unbounded bids down instead loses two percent of the utility on average.
  ///
  /// - Parameters:
  ///   - competitors: D per coordinate or one for all, above 0.
  ///   - load: A, at least 0, likewise.
  ///   - value: v, above 0, likewise.
  ///   - budget: B in money, at least 0.
  /// - Throws: `EmptyInput`, `ShapeMismatch`, `NotFinite`, `InvalidParameter`, `NoCompetition`.
  ///
  /// Source: constraint C1 of FL-NFT (14) and PMS-AM (17); the multiplier is ours.
  public static func bestBids(
    competitors: [Double], load: [Double], value: [Double], budget: Double
  ) throws -> BudgetedBids {
    let shape = try check(
      .stretched(.entry, "competitors' totals", competitors, .nonNegative),
      .stretched(.entry, "loads", load, .nonNegative),
      .stretched(.entry, "values of winning", value, .positive),
      .scalar("budget", budget, .nonNegative))
    try requireCompetition(competitors)
    func bids(_ multiplier: Double) -> [Double] {
      (0..<shape[.entry]).map {
        bestBid(
          competitors: competitors.stretched($0), load: load.stretched($0) + multiplier, value: value.stretched($0))
      }
    }
    let unbounded = bids(0)
    if unbounded.reduce(0, +) <= budget { return BudgetedBids(bids: unbounded, multiplier: 0) }
    // At `high` every coordinate is priced out.
    var low = 0.0
    var high = (0..<shape[.entry]).reduce(0) {
      max($0, value.stretched($1) / competitors.stretched($1) - load.stretched($1))
    }
    while true {
      let middle = low + 0.5 * (high - low)
      guard middle > low, middle < high else { break }
      if bids(middle).reduce(0, +) > budget { low = middle } else { high = middle }
    }
    return BudgetedBids(bids: bids(high), multiplier: high)
  }
}
