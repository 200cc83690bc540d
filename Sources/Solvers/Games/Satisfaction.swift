import Tensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension IncentiveModel {
  /// How much more a provider attends to quality than to freshness, lambda = e^Q / e^F.
  ///
  /// - Parameters: the two attention weights, strictly between 0 and 1, with sum 1.
  /// - Throws: `NotFinite`, `InvalidParameter`.
  ///
  /// Source: FL-NFT (6), PMS-AM (9).
  public static func attentionRatio(qualityAttention: Double, freshnessAttention: Double) throws -> Double {
    try check(
      .scalar("attention to quality", qualityAttention, .properFraction),
      .scalar("attention to freshness", freshnessAttention, .properFraction))
    try demand(
      abs(qualityAttention + freshnessAttention - 1) <= 1e-9,
      "the attention weights must add to 1, but \(qualityAttention) and \(freshnessAttention) add to "
        + "\(qualityAttention + freshnessAttention)")
    return qualityAttention / freshnessAttention
  }

  /// How satisfied a provider is with a model; a figure for reports, the game itself uses Q^lambda and F.
  ///
  /// `paper`: Q^lambda + F. `corrected`: Q^(e^Q) + F^(e^F). The paper prints the two as if they were equal.
  ///
  /// - Parameters:
  ///   - quality: Q, at least 0.
  ///   - freshness: F, at least 0 in `corrected`.
  /// - Throws: `NotFinite`, `InvalidParameter`.
  ///
  /// Source: FL-NFT (5), PMS-AM (8).
  public static func satisfaction(
    quality: Double, freshness: Double, qualityAttention: Double, freshnessAttention: Double,
    variant: Variant = .corrected
  ) throws -> Double {
    try check(
      .scalar("quality", quality, .nonNegative),
      .scalar("freshness", freshness, variant == .paper ? .real : .nonNegative),
      .scalar("attention to quality", qualityAttention, .properFraction),
      .scalar("attention to freshness", freshnessAttention, .properFraction))
    let ratio = try attentionRatio(qualityAttention: qualityAttention, freshnessAttention: freshnessAttention)
    switch variant {
    case .paper: return pow(quality, ratio) + freshness
    case .corrected: return pow(quality, qualityAttention) + pow(freshness, freshnessAttention)
    }
  }
}
