import Tensor

/// How an organisation's receipt is divided among its members.
public enum RevenueShares {
  /// Divides a receipt in proportion to the approved asks.
  ///
  /// - Parameters:
  ///   - receipt: money, at least 0.
  ///   - asks: one per member, at least 0.
  /// - Throws: `EmptyInput`, `NotFinite`, `InvalidParameter`; `UndefinedRatio` when all asks are 0.
  ///
  /// Source: PMS-AM (34) and section 5.2, 3) c.
  public static func proportional(receipt: Double, asks: [Double]) throws -> [Double] {
    try check(
      .scalar("receipt", receipt, .nonNegative),
      .each(.member, "asks", asks, .nonNegative))
    let total = asks.reduce(0, +)
    guard total > 0 else {
      throw SolverError(.undefinedRatio, "revenue shares divide by the total of the asks, which are all 0")
    }
    return asks.map { receipt * ($0 / total) }
  }
}
