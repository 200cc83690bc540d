import Tensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension IncentiveModel {
  /// The sigma-fair return on effort, h(x) = x^(1 - sigma) / (1 - sigma), and ln x at sigma = 1.
  ///
  /// - Parameters:
  ///   - efforts: x, at least 0; above 0 when sigma is 1 or more, where h(0) is minus infinity.
  ///   - concavity: sigma, above 0.
  /// - Throws: `EmptyInput`, `NotFinite`, `InvalidParameter`.
  ///
  /// Source: FL-NFT (11), PMS-AM (14).
  public static func fairUtility(_ efforts: [Double], concavity: Double) throws -> [Double] {
    try check(
      .each(.entry, "efforts", efforts, .effort(at: concavity)),
      .scalar("concavity sigma", concavity, .positive))
    return efforts.map { fairUtility($0, concavity: concavity) }
  }

  /// h(x) unchecked: minus infinity where it is so.
  @inline(__always)
  static func fairUtility(_ effort: Double, concavity: Double) -> Double {
    if concavity == 0.5 { return 2 * effort.squareRoot() }
    if concavity == 1 { return log(effort) }
    return pow(effort, 1 - concavity) / (1 - concavity)
  }

  /// x^(1/sigma), the effort at which the marginal return on a benefit equals its unit cost, 0 where there is none.
  @inline(__always)
  static func effort(earning benefit: Double, unitCost: Double, concavity: Double) -> Double {
    guard benefit > 0 else { return 0 }
    let ratio = benefit / unitCost
    return concavity == 0.5 ? ratio * ratio : pow(ratio, 1 / concavity)
  }
}

extension Domain {
  /// The efforts on which h is finite.
  static func effort(at concavity: Double) -> Domain {
    concavity >= 1
      ? Domain(
        lowest: .leastNonzeroMagnitude, highest: .greatestFiniteMagnitude,
        words: "greater than 0 where the concavity sigma is 1 or more")
      : .nonNegative
  }
}
