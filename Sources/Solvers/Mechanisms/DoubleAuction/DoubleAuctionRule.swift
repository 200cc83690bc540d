extension DoubleAuction {
  /// A rule with what it needs to be told.
  public enum Rule: Equatable, Sendable {
    case mcAfee
    /// The last crossing pair never trades and sets the prices.
    case tradeReduction
    case sharedCost(reserve: Double?)
    case printed(BuyerPrice)

    /// Whether one seller serves all winners, as it can with a model and not with a unit of something.
    var isNonRival: Bool {
      switch self {
      case .mcAfee, .tradeReduction: false
      case .sharedCost, .printed: true
      }
    }

    /// Who trades, and at what prices.
    ///
    /// - Throws: `EmptyInput`, `NotFinite`, `InvalidParameter`.
    public func cleared(asks: [Double], bids: [Double]) throws -> Outcome {
      switch self {
      case .mcAfee: try DoubleAuction.mcAfee(asks: asks, bids: bids)
      case .tradeReduction: try DoubleAuction.tradeReduction(asks: asks, bids: bids)
      case .sharedCost(let reserve): try DoubleAuction.sharedCost(asks: asks, bids: bids, reserve: reserve)
      case .printed(let price): try DoubleAuction.printed(asks: asks, bids: bids, buyerPrice: price)
      }
    }
  }

  /// The largest total of values less costs that unit trades can have: the best buyers with the best sellers, as long as
  /// a pair gains.
  public static func largestWelfare(costs: some Sequence<Double>, values: some Sequence<Double>) -> Double {
    zip(values.sorted(by: >), costs.sorted()).reduce(0) { $0 + max(0, $1.0 - $1.1) }
  }
}
