import Tensor

extension IncentiveModel {
  /// What members who train one model for all providers are left with:
  /// Phi_i = sum_j delta_ij (h(k_i) + h(eps_i)) - C^c_i k_i - C^p_i eps_i.
  ///
  /// - Parameters:
  ///   - benefit: delta, members x providers, any sign.
  ///   - iterations: k per member, in the domain of h (`fairUtility`).
  ///   - privacyBudgets: eps per member, in the domain of h.
  ///   - computationCost: C^c per member, at least 0.
  ///   - privacyCost: C^p per member, at least 0.
  ///   - concavity: sigma, above 0.
  /// - Throws: `EmptyInput`, `ShapeMismatch`, `NotFinite`, `InvalidParameter`.
  ///
  /// Source: FL-NFT (11), PMS-AM (14).
  public static func memberUtility(
    benefit: Matrix, iterations: [Double], privacyBudgets: [Double], computationCost: [Double],
    privacyCost: [Double], concavity: Double
  ) throws -> [Double] {
    let shape = try check(
      .table(.member, .provider, "benefit", benefit, .real),
      .each(.member, "local iterations", iterations, .effort(at: concavity)),
      .each(.member, "privacy budgets", privacyBudgets, .effort(at: concavity)),
      .each(.member, "unit computation costs", computationCost, .nonNegative),
      .each(.member, "unit privacy costs", privacyCost, .nonNegative),
      .scalar("concavity sigma", concavity, .positive))
    let earnings = rowSums(benefit)
    return (0..<shape[.member]).map {
      gain(earnings[$0], effort: iterations[$0], unitCost: computationCost[$0], concavity: concavity)
        + gain(earnings[$0], effort: privacyBudgets[$0], unitCost: privacyCost[$0], concavity: concavity)
    }
  }

  /// The same for members who work separately for each provider:
  /// Phi_i = sum_j (delta_ij (h(k_ij) + h(eps_ij)) - C^c_i k_ij - C^p_i eps_ij).
  public static func memberUtility(
    benefit: Matrix, iterations: Matrix, privacyBudgets: Matrix, computationCost: [Double], privacyCost: [Double],
    concavity: Double
  ) throws -> [Double] {
    let shape = try check(
      .table(.member, .provider, "benefit", benefit, .real),
      .table(.member, .provider, "local iterations", iterations, .effort(at: concavity)),
      .table(.member, .provider, "privacy budgets", privacyBudgets, .effort(at: concavity)),
      .each(.member, "unit computation costs", computationCost, .nonNegative),
      .each(.member, "unit privacy costs", privacyCost, .nonNegative),
      .scalar("concavity sigma", concavity, .positive))
    return (0..<shape[.member]).map { member in
      (0..<shape[.provider]).reduce(0) { total, provider in
        let earned = benefit[member, provider]
        return total
          + gain(
            earned, effort: iterations[member, provider], unitCost: computationCost[member], concavity: concavity)
          + gain(
            earned, effort: privacyBudgets[member, provider], unitCost: privacyCost[member], concavity: concavity)
      }
    }
  }

  /// What one kind of effort leaves, delta h(x) - C x, unchecked.
  @inline(__always)
  static func gain(_ benefit: Double, effort: Double, unitCost: Double, concavity: Double) -> Double {
    benefit * fairUtility(effort, concavity: concavity) - unitCost * effort
  }
}
