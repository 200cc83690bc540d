import Tensor

/// The equilibrium of providers who are all alike, on one coordinate.
public struct SymmetricBidEquilibrium: Equatable, Sendable {
  /// What each provider bids, in money.
  public let bid: Double
  public let winProbability: Double
  /// What each provider is left with, in money.
  public let utility: Double
  /// The slope of one provider's best reply in one competitor's bid, at the equilibrium.
  public let bestReplySlope: Double
  /// Whether best replies made by all at once converge locally to the equilibrium.
  public let simultaneousRepliesConverge: Bool
}

extension BidContest {
  /// The unique equilibrium of M providers with one load and one value: q = v (M - 1) / (2M - 1 + M^2 A), w = 1/M.
  ///
  /// Simultaneous best replies converge up to four providers always, beyond that only for
  /// A < (2M + 1) / (M (M - 4)).
  ///
  /// - Parameters:
  ///   - providers: M, whole, at least 1.
  ///   - load: A, at least 0.
  ///   - value: v in money, above 0.
  /// - Throws: `NotFinite`, `InvalidParameter`; `NoCompetition` for a single provider.
  ///
  /// Source: theorem 2 of both papers, as corrected.
  public static func symmetricEquilibrium(
    providers: Double, load: Double, value: Double
  ) throws -> SymmetricBidEquilibrium {
    try check(
      .scalar("number of providers", providers, .positiveCount),
      .scalar("load", load, .nonNegative),
      .scalar("value of winning", value, .positive))
    guard providers > 1 else {
      throw SolverError(.noCompetition, "an equilibrium of bids needs at least 2 providers, but there is 1")
    }
    let bid = value * (providers - 1) / (2 * providers - 1 + providers * providers * load)
    return SymmetricBidEquilibrium(
      bid: bid,
      winProbability: 1 / providers,
      utility: (value - bid) / providers - load * bid,
      bestReplySlope: (1 - load * providers * (providers - 2))
        / (2 * (1 + load) * providers * (providers - 1)),
      simultaneousRepliesConverge: providers <= 4 || load < (2 * providers + 1) / (providers * (providers - 4)))
  }
}
