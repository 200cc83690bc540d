import Tensor

extension IncentiveModel {
  /// Each member's share of a total contribution, tau_i = theta_i / sum of theta.
  ///
  /// `corrected` accepts no negative contribution, so that the shares lie in the simplex; `paper` divides whatever it
  /// is given.
  ///
  /// - Throws: `EmptyInput`, `NotFinite`, `InvalidParameter`; `UndefinedRatio` when the contributions cancel to within
  ///   1e-12 of their absolute sum.
  ///
  /// Source: the text after FL-NFT (10) and PMS-AM (13).
  public static func contributionRatios(
    _ contributions: [Double], variant: Variant = .corrected
  ) throws -> [Double] {
    try check(.each(.member, "contributions", contributions, variant == .paper ? .real : .nonNegative))
    let total = contributions.reduce(0, +)
    let magnitude = variant == .paper ? contributions.reduce(0) { $0 + abs($1) } : total
    guard abs(total) > 1e-12 * magnitude else {
      throw SolverError(
        .undefinedRatio, "contribution ratios divide by the total contribution, but the contributions add to \(total)")
    }
    return contributions.map { $0 / total }
  }
}
