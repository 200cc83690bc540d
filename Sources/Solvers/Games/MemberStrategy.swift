import Tensor

/// What each member does, and what it is left with.
public struct MemberStrategies: Equatable, Sendable {
  /// Local iterations k; 0 means that the member abstains.
  public let iterations: [Int]
  /// Privacy budget eps of one release; 0 for members who abstain.
  public let privacyBudgets: [Double]
  /// Phi, in money; 0 for members who abstain.
  public let utilities: [Double]
}

extension IncentiveModel {
  /// What each member does: the best reply, projected onto deadline and privacy bounds, rounded to whole iterations,
  /// and replaced by abstention where it would leave the member worse off than nothing.
  ///
  /// The utility is concave and a sum over the two efforts, so projecting each on its own is exact. With `best`
  /// rounding the member weighs its whole utility, so that a first iteration that costs more than it earns is still
  /// made when the privacy that goes with it pays for both.
  ///
  /// - Parameters:
  ///   - benefit: delta, members x providers, any sign.
  ///   - computationCost: C^c per member, above 0.
  ///   - privacyCost: C^p per member, above 0.
  ///   - concavity: sigma, above 0.
  ///   - maximumIterations: k_max, at least 0, per member or one for all.
  ///   - minimumPrivacyBudget: eps_min, above 0.
  ///   - maximumPrivacyBudget: eps_max, at least eps_min.
  ///   - rounding: down, or to the best whole number.
  /// - Throws: `EmptyInput`, `ShapeMismatch`, `NotFinite`, `InvalidParameter`.
  ///
  /// Source: FL-NFT (12), (18), (19); PMS-AM (15), (22), (23).
  public static func memberStrategies(
    benefit: Matrix, computationCost: [Double], privacyCost: [Double], concavity: Double,
    maximumIterations: [Double], minimumPrivacyBudget: Double, maximumPrivacyBudget: Double,
    rounding: IterationRounding = .floor
  ) throws -> MemberStrategies {
    try check(
      [.table(.member, .provider, "benefit", benefit, .real)]
        + strategyQuantities(
          computationCost: computationCost, privacyCost: privacyCost, concavity: concavity,
          maximumIterations: maximumIterations, minimumPrivacyBudget: minimumPrivacyBudget,
          maximumPrivacyBudget: maximumPrivacyBudget))
    return try memberStrategies(
      earnings: rowSums(benefit), computationCost: computationCost, privacyCost: privacyCost, concavity: concavity,
      maximumIterations: maximumIterations, minimumPrivacyBudget: minimumPrivacyBudget,
      maximumPrivacyBudget: maximumPrivacyBudget, rounding: rounding)
  }

  /// The same from what each member earns from all providers together.
  static func memberStrategies(
    earnings: [Double], computationCost: [Double], privacyCost: [Double], concavity: Double,
    maximumIterations: [Double], minimumPrivacyBudget: Double, maximumPrivacyBudget: Double,
    rounding: IterationRounding
  ) throws -> MemberStrategies {
    let shape = try check(
      [.each(.member, "earnings", earnings, .real)]
        + strategyQuantities(
          computationCost: computationCost, privacyCost: privacyCost, concavity: concavity,
          maximumIterations: maximumIterations, minimumPrivacyBudget: minimumPrivacyBudget,
          maximumPrivacyBudget: maximumPrivacyBudget))
    try demand(
      minimumPrivacyBudget <= maximumPrivacyBudget,
      "the minimum privacy budget must not exceed the maximum privacy budget, but \(minimumPrivacyBudget) exceeds "
        + "\(maximumPrivacyBudget)")

    var iterations = [Int](repeating: 0, count: shape[.member])
    var privacyBudgets = [Double](repeating: 0, count: shape[.member])
    var utilities = [Double](repeating: 0, count: shape[.member])
    for member in 0..<shape[.member] where earnings[member] > 0 {
      let earned = earnings[member]
      let ideal = effort(earning: earned, unitCost: computationCost[member], concavity: concavity)
      let privacy = min(
        max(
          effort(earning: earned, unitCost: privacyCost[member], concavity: concavity),
          minimumPrivacyBudget), maximumPrivacyBudget)
      let privacyGain = gain(earned, effort: privacy, unitCost: privacyCost[member], concavity: concavity)
      func utility(_ effort: Double) -> Double {
        gain(earned, effort: effort, unitCost: computationCost[member], concavity: concavity) + privacyGain
      }
      let limit = maximumIterations.stretched(member)
      let (below, above) = neighbours(of: min(ideal, limit))
      var chosen = below
      if rounding == .best, above > below, above <= neighbours(of: limit).below {
        let staying = below == 0 ? 0 : utility(below)
        if utility(above) > staying { chosen = above }
      }
      // Abstention is the outside option: it leaves exactly nothing.
      guard chosen > 0, utility(chosen) >= 0 else { continue }
      iterations[member] = Int(chosen)
      privacyBudgets[member] = privacy
      utilities[member] = utility(chosen)
    }
    return MemberStrategies(iterations: iterations, privacyBudgets: privacyBudgets, utilities: utilities)
  }

  private static func strategyQuantities(
    computationCost: [Double], privacyCost: [Double], concavity: Double, maximumIterations: [Double],
    minimumPrivacyBudget: Double, maximumPrivacyBudget: Double
  ) -> [Quantity] {
    [
      .each(.member, "unit computation costs", computationCost, .positive),
      .each(.member, "unit privacy costs", privacyCost, .positive),
      .scalar("concavity sigma", concavity, .positive),
      .stretched(.member, "maximum iterations", maximumIterations, .countable),
      .scalar("minimum privacy budget", minimumPrivacyBudget, .positive),
      .scalar("maximum privacy budget", maximumPrivacyBudget, .positive),
    ]
  }
}
