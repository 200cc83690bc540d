import Tensor

/// From what a competitor may bid in all to what it may bid for each member and each good.
public enum BidSplit {
  /// Divides a total in the proportions of the bids that were settled last.
  ///
  /// - Parameters:
  ///   - total: what the competitor is expected to bid in all, in money, at least 0.
  ///   - lastBids: members x goods (quality, freshness), at least 0.
  /// - Returns: like `lastBids`, adding to the total.
  /// - Throws: `EmptyInput`, `NotFinite`, `InvalidParameter`; `UndefinedRatio` when nothing was bid last.
  ///
  /// Source: PMS-AM 5.1, which predicts totals and bids by coordinate; the proportions are ours.
  public static func divided(total: Double, lastBids: Matrix) throws -> Matrix {
    try check(
      .scalar("total", total, .nonNegative), .table(.member, .entry, "last bids", lastBids, .nonNegative))
    let sum = lastBids.elements.reduce(0, +)
    guard sum > 0 else {
      throw SolverError(.undefinedRatio, "a total is divided as the last bids were, which are all 0")
    }
    return Matrix(
      rows: lastBids.rows, columns: lastBids.columns, elements: lastBids.elements.map { total * ($0 / sum) })
  }

  /// What the competitors of one provider are taken to bid together while there is no history to predict from: what they
  /// would bid if all providers were alike.
  ///
  /// - Parameters: as of `BidContest.symmetricEquilibrium`.
  /// - Returns: D = (M - 1) v (M - 1) / (2M - 1 + M^2 A), in money.
  /// - Throws: `NotFinite`, `InvalidParameter`, `NoCompetition`.
  ///
  /// Source: ours, from theorem 2 of both papers as corrected.
  public static func withoutHistory(providers: Double, load: Double, value: Double) throws -> Double {
    (providers - 1) * (try BidContest.symmetricEquilibrium(providers: providers, load: load, value: value).bid)
  }
}
