/// What a participant must have deposited before its claims are heard, so that it can pay whatever follows from them.
///
/// A truthful participant's utility is at least the smaller of 0 and its smallest net, and the bond comes on top. The
/// bound is tight.
///
/// Source: specification 3.5.
public enum DepositBound {
  /// max b + max(0, max(c - b)) + bond.
  ///
  /// - Parameters:
  ///   - bids: b, for each model.
  ///   - costs: c, what the owner would pay for each model at most.
  /// - Throws: `DimensionMismatch`, `AmountOverflow`.
  public static func owner(bids: [Amount], costs: [Amount], bond: Amount) throws -> Amount {
    try checkCounts(bids, costs)
    return try WholeMoney.largest(of: bids) + excess(of: costs, over: bids) + bond
  }

  /// max(0, max(a - r)) + bond.
  ///
  /// - Parameters:
  ///   - claims: a, for each model.
  ///   - rewards: r, what the station would receive for each model at least.
  /// - Throws: `DimensionMismatch`, `AmountOverflow`.
  public static func station(claims: [Amount], rewards: [Amount], bond: Amount) throws -> Amount {
    try checkCounts(claims, rewards)
    return try excess(of: claims, over: rewards) + bond
  }

  private static func excess(of amounts: [Amount], over others: [Amount]) -> Amount {
    WholeMoney.largest(
      of: zip(amounts, others).map { Amount(units: $0.units > $1.units ? $0.units - $1.units : 0) })
  }

  private static func checkCounts(_ claims: [Amount], _ transfers: [Amount]) throws(CrowdfundingError) {
    guard claims.count == transfers.count else {
      throw CrowdfundingError(
        .dimensionMismatch, "there are claims for \(claims.count) models, but transfers for \(transfers.count)")
    }
  }
}
