/// The purchase of equal units from sellers who have one each, in exact money: the lowest asks not above the reserve win,
/// ties to the lower index.
///
/// With `second` winners receive the lowest losing ask, or the reserve where that is lower or there is none, and truth is
/// dominant; without a reserve there must be more sellers than units, or nothing is bought from the last.
///
/// Source: Vickrey 1961, from the other side.
public struct UnitPurchase: Hashable, Sendable {
  public enum Pricing: String, CaseIterable, Sendable {
    /// Their own asks.
    case first
    /// The lowest losing ask, or the reserve.
    case second
  }

  public let pricing: Pricing
  /// How many are bought, at least 1.
  public let units: Int
  /// The most that a seller receives.
  public let reserve: Amount?

  public init(pricing: Pricing, units: Int = 1, reserve: Amount? = nil) {
    (self.pricing, self.units, self.reserve) = (pricing, units, reserve)
  }

  public struct Outcome: Hashable, Sendable {
    /// Indices, the lowest ask first.
    public let winners: [Int]
    /// What each seller receives.
    public let receipts: [Amount]
    /// What the receipts add to.
    public let cost: Amount
  }

  /// - Throws: `AmountError.overflow` when the receipts add to more than an amount holds.
  public func run(_ asks: [Amount]) throws(AmountError) -> Outcome {
    let order = asks.indices.sorted { (asks[$0], $0) < (asks[$1], $1) }
    var willing = order.prefix { asks[$0] <= reserve ?? .maximum }.prefix(units)
    var common = Amount.zero
    if pricing == .second {
      // Without anybody behind them and without a reserve nothing bounds the price but the last seller's own ask.
      if reserve == nil, willing.count == order.count { willing = willing.dropLast() }
      let losing = willing.count < order.count ? asks[order[willing.count]] : nil
      common = min(losing ?? .maximum, reserve ?? .maximum)
    }
    var receipts = [Amount](repeating: .zero, count: asks.count)
    for winner in willing { receipts[winner] = pricing == .first ? asks[winner] : common }
    return Outcome(winners: Array(willing), receipts: receipts, cost: try .total(receipts))
  }
}
