import Tensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension IncentiveModel {
  /// What each member earns from each provider, delta_ij = q_ij Q_j^lambda_j tau^Q_i + f_ij F_j tau^F_i.
  ///
  /// - Parameters:
  ///   - qualityBids: q, members x providers, at least 0.
  ///   - freshnessBids: f, members x providers, at least 0.
  ///   - quality: Q, at least 0, per provider or one for all.
  ///   - freshness: F, any sign, per provider or one for all.
  ///   - attentionRatio: lambda, above 0, per provider or one for all.
  ///   - qualityRatios: tau^Q per member.
  ///   - freshnessRatios: tau^F per member.
  /// - Returns: members x providers, in money.
  /// - Throws: `EmptyInput`, `ShapeMismatch`, `NotFinite`, `InvalidParameter`.
  ///
  /// Source: FL-NFT (10), PMS-AM (13), with the bids per member of their second problem.
  public static func benefit(
    qualityBids: Matrix, freshnessBids: Matrix, quality: [Double], freshness: [Double], attentionRatio: [Double],
    qualityRatios: [Double], freshnessRatios: [Double]
  ) throws -> Matrix {
    let shape = try check(
      .table(.member, .provider, "quality bids", qualityBids, .nonNegative),
      .table(.member, .provider, "freshness bids", freshnessBids, .nonNegative),
      .stretched(.provider, "quality", quality, .nonNegative),
      .stretched(.provider, "freshness", freshness, .real),
      .stretched(.provider, "attention ratio", attentionRatio, .positive),
      .each(.member, "quality ratios", qualityRatios, .real),
      .each(.member, "freshness ratios", freshnessRatios, .real))
    let providers = shape[.provider]
    let worth = (0..<providers).map { pow(quality.stretched($0), attentionRatio.stretched($0)) }
    let freshness = (0..<providers).map { freshness.stretched($0) }
    let elements = [Double](unsafeUninitializedCapacity: shape[.member] * providers) { result, count in
      qualityBids.elements.withUnsafeBufferPointer { q in
        freshnessBids.elements.withUnsafeBufferPointer { f in
          worth.withUnsafeBufferPointer { worth in
            freshness.withUnsafeBufferPointer { freshness in
              for member in 0..<shape[.member] {
                let qualityRatio = qualityRatios[member]
                let freshnessRatio = freshnessRatios[member]
                let row = member &* providers
                for provider in 0..<providers {
                  result[row &+ provider] =
                    q[row &+ provider] * worth[provider] * qualityRatio
                    + f[row &+ provider] * freshness[provider] * freshnessRatio
                }
              }
            }
          }
        }
      }
      count = shape[.member] * providers
    }
    return Matrix(rows: shape[.member], columns: providers, elements: elements)
  }

  /// The same with one pair of bids per provider, made to all members alike.
  public static func benefit(
    qualityBids: [Double], freshnessBids: [Double], quality: [Double], freshness: [Double], attentionRatio: [Double],
    qualityRatios: [Double], freshnessRatios: [Double]
  ) throws -> Matrix {
    let shape = try check(
      .each(.provider, "quality bids", qualityBids, .nonNegative),
      .each(.provider, "freshness bids", freshnessBids, .nonNegative),
      .stretched(.provider, "quality", quality, .nonNegative),
      .stretched(.provider, "freshness", freshness, .real),
      .stretched(.provider, "attention ratio", attentionRatio, .positive),
      .each(.member, "quality ratios", qualityRatios, .real),
      .each(.member, "freshness ratios", freshnessRatios, .real))
    func toAllMembers(_ bids: [Double]) -> Matrix {
      Matrix(
        rows: shape[.member], columns: bids.count,
        elements: Array(repeatElement(bids, count: shape[.member]).joined()))
    }
    return try benefit(
      qualityBids: toAllMembers(qualityBids), freshnessBids: toAllMembers(freshnessBids), quality: quality,
      freshness: freshness, attentionRatio: attentionRatio, qualityRatios: qualityRatios,
      freshnessRatios: freshnessRatios)
  }
}
