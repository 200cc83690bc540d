/// How much of their data providers offer, and what can be made of it.
///
/// Source: Network3 appendix A.0.4.
public struct DataOffering: Sendable, Equatable {
  /// Sum of the claimed data by sum of the owned.
  public let rate: Double
  /// The sum of the claimed data.
  public let claimed: Double

  /// - Throws: `EmptyInput`, `ShapeMismatch`, `NotFinite`, `InvalidParameter`; `OverClaim` when somebody claims more
  ///   than it owns; `UndefinedRatio` when nobody owns anything.
  public init(claimed: [Double], owned: [Double]) throws {
    try check(
      .each(.provider, "claimed amounts", claimed, .nonNegative),
      .each(.provider, "owned amounts", owned, .nonNegative))
    for (provider, (claimed, owned)) in zip(claimed, owned).enumerated() where claimed > owned {
      throw OverClaim(provider: provider, claimed: claimed, owned: owned)
    }
    let total = owned.reduce(0, +)
    guard total > 0 else { throw SolverError(.undefinedRatio, "the rate divides by the data owned, which are 0") }
    self.claimed = claimed.reduce(0, +)
    rate = self.claimed / total
  }

  /// MQ: the quality of a model made of the claimed data.
  public func modelQuality(_ quality: ConcaveIncome) -> Double { quality.value(claimed) }
}
