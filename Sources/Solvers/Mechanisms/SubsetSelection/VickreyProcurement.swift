extension SubsetSelection {
  /// VCG: the sellers of the best set are paid their bids and what their taking part adds to welfare.
  ///
  /// Truthful and never a loss in the bid; neither in the reported size nor in the reported EMD. The buyer may be left
  /// with less than without any trade.
  ///
  /// - Parameter reserve: the most that anybody is paid; truthful as long as no cost is above it.
  /// - Throws: `LengthMismatch`, `NonFinite`, `Negative`.
  public func vickrey(bids: [Double], reserve: Double? = nil) throws -> ProcurementOutcome {
    try checkBids(bids)
    if let reserve { try EdgeError.checkNonNegative(["reserve": reserve]) }
    let best = best(prices: bids)
    let winners = Self.members(best.set)
    var payments = [Double](repeating: 0, count: bids.count)
    for winner in winners {
      let payment = bids[winner] + best.value - bestValue(prices: bids, without: winner)
      payments[winner] = min(payment, reserve ?? .infinity)
    }
    return ProcurementOutcome(winners: winners, payments: payments, utility: values[best.set], bids: bids)
  }
}
