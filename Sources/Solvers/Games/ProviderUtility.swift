import Tensor

extension BidContest {
  /// What each provider is left with over all members.
  ///
  /// `corrected`: sum_i ((v^q - q) w^q + (v^f - f) w^f - delta). `paper`: sum_i (q w^q + f w^f - delta). Where nobody
  /// bids to a member, nobody wins.
  ///
  /// - Parameters:
  ///   - qualityBids: q, members x providers, at least 0.
  ///   - freshnessBids: f, members x providers, at least 0.
  ///   - benefit: delta, members x providers, any sign.
  ///   - qualityValue: v^q, above 0, per provider or one for all; unused in `paper`.
  ///   - freshnessValue: v^f, likewise.
  /// - Returns: one entry per provider, in money.
  /// - Throws: `EmptyInput`, `ShapeMismatch`, `NotFinite`, `InvalidParameter`.
  ///
  /// Source: FL-NFT (13), PMS-AM (16).
  public static func providerUtility(
    qualityBids: Matrix, freshnessBids: Matrix, benefit: Matrix, qualityValue: [Double], freshnessValue: [Double],
    variant: Variant = .corrected
  ) throws -> [Double] {
    let shape = try check(
      .table(.member, .provider, "quality bids", qualityBids, .nonNegative),
      .table(.member, .provider, "freshness bids", freshnessBids, .nonNegative),
      .table(.member, .provider, "benefit", benefit, .real),
      .stretched(.provider, "values of quality", qualityValue, .positive),
      .stretched(.provider, "values of freshness", freshnessValue, .positive))
    var utilities = [Double](repeating: 0, count: shape[.provider])
    for (bids, values) in [(qualityBids, qualityValue), (freshnessBids, freshnessValue)] {
      for member in 0..<shape[.member] {
        let total = bids.row(member).reduce(0, +)
        guard total > 0 else { continue }
        for provider in 0..<shape[.provider] {
          let bid = bids[member, provider]
          let prize = variant == .paper ? bid : values.stretched(provider) - bid
          utilities[provider] += prize * (bid / total)
        }
      }
    }
    for member in 0..<shape[.member] {
      for provider in 0..<shape[.provider] { utilities[provider] -= benefit[member, provider] }
    }
    return utilities
  }
}
