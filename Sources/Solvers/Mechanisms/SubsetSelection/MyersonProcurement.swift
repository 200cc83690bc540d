extension SubsetSelection {
  /// The auction that leaves most to a buyer who knows that costs are uniform between two bounds, among all that are
  /// truthful and cause no losses.
  ///
  /// The set is that with the largest value less virtual costs, 2 b - low. A winner is paid the highest cost with which
  /// it would have won, (A - B + low) / 2, A being the best value with it, its own price apart, and B that without it.
  ///
  /// - Parameters:
  ///   - low: the lowest cost, at least 0.
  ///   - high: the highest cost, above `low`; nobody is paid more.
  /// - Throws: `LengthMismatch`, `NonFinite`, `Negative`, `OutOfRange` for bids outside the bounds.
  ///
  /// Source: Myerson, "Optimal auction design", 1981, for a buyer.
  public func myerson(bids: [Double], low: Double, high: Double) throws -> MyersonOutcome {
    try checkBids(bids)
    try EdgeError.checkNonNegative(["lowest cost": low, "highest cost": high])
    guard low < high else {
      throw EdgeError.outOfRange("highest cost", given: "\(high)", allowed: "above the lowest, which is \(low)")
    }
    for bid in bids where !(low...high).contains(bid) {
      throw EdgeError.outOfRange("bid", given: "\(bid)", allowed: "from \(low) to \(high)")
    }
    let virtualCosts = bids.map { 2 * $0 - low }
    let best = best(prices: virtualCosts)
    let winners = Self.members(best.set)
    var payments = [Double](repeating: 0, count: bids.count)
    for winner in winners {
      let with = best.value + virtualCosts[winner]
      payments[winner] = min(high, (with - bestValue(prices: virtualCosts, without: winner) + low) / 2)
    }
    return MyersonOutcome(
      outcome: ProcurementOutcome(winners: winners, payments: payments, utility: values[best.set], bids: bids),
      virtualCosts: virtualCosts, virtualSurplus: best.value)
  }
}

/// The optimal auction's outcome, and what it maximised.
public struct MyersonOutcome: Equatable, Sendable {
  public let outcome: ProcurementOutcome
  /// 2 b - low.
  public let virtualCosts: [Double]
  /// U_d of the winners less their virtual costs, whose mean is that of the buyer's surplus.
  public let virtualSurplus: Double
}
