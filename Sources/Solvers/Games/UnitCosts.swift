import Tensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension IncentiveModel {
  /// The cost of one local iteration, C^c = alpha zeta z s f^2 + (1 - alpha) xi theta, per member.
  ///
  /// Energy in joules and memory in gigabytes are added as a weighted score; the sum has no unit. Every array may hold
  /// one entry for all members.
  ///
  /// - Parameters:
  ///   - energyWeight: alpha, between 0 and 1.
  ///   - capacitance: zeta, the effective capacitance in farad, above 0.
  ///   - cyclesPerSample: z, above 0.
  ///   - batchSize: s, whole, at least 1.
  ///   - frequencies: f, the processors' clocks in hertz, above 0.
  ///   - memoryRatio: xi, the share of memory in use, between 0 and 1.
  ///   - memory: theta, the devices' memory in gigabytes, at least 0.
  /// - Throws: `EmptyInput`, `ShapeMismatch`, `NotFinite`, `InvalidParameter`.
  ///
  /// Source: FL-NFT (3), PMS-AM (6).
  public static func unitComputationCost(
    energyWeight: Double, capacitance: [Double], cyclesPerSample: [Double], batchSize: [Double],
    frequencies: [Double], memoryRatio: [Double], memory: [Double]
  ) throws -> [Double] {
    let shape = try check(
      .scalar("energy weight alpha", energyWeight, .fraction),
      .stretched(.member, "effective capacitance", capacitance, .positive),
      .stretched(.member, "cycles per sample", cyclesPerSample, .positive),
      .stretched(.member, "batch size", batchSize, .positiveCount),
      .stretched(.member, "processor frequencies", frequencies, .positive),
      .stretched(.member, "memory ratio", memoryRatio, .fraction),
      .stretched(.member, "device memory", memory, .nonNegative))
    return (0..<shape[.member]).map { member in
      let frequency = frequencies.stretched(member)
      let energy =
        capacitance.stretched(member) * cyclesPerSample.stretched(member) * batchSize.stretched(member)
        * frequency * frequency
      return energyWeight * energy + (1 - energyWeight) * memoryRatio.stretched(member) * memory.stretched(member)
    }
  }

  /// The cost of one unit of privacy budget, C^p = beta ln(1 + |g|), per member.
  ///
  /// The norm must be that of the clipped gradient before noise: the noised one depends on the very privacy budget that
  /// the cost is to price.
  ///
  /// - Throws: `EmptyInput`, `NotFinite`, `InvalidParameter` (weight or norm below 0).
  ///
  /// Source: FL-NFT (4), PMS-AM (7).
  public static func unitPrivacyCost(privacyWeight: Double, gradientNorms: [Double]) throws -> [Double] {
    try check(
      .scalar("privacy weight beta", privacyWeight, .nonNegative),
      .each(.member, "gradient norms", gradientNorms, .nonNegative))
    var costs = logOnePlus(gradientNorms)
    for member in costs.indices { costs[member] *= privacyWeight }
    return costs
  }

  /// What a member spends, C = C^c k + C^p eps.
  ///
  /// - Parameters: one entry per member each, at least 0: unit cost of computation, iterations k, unit cost of privacy,
  ///   privacy budget eps.
  /// - Throws: `EmptyInput`, `ShapeMismatch`, `NotFinite`, `InvalidParameter`.
  ///
  /// Source: FL-NFT (2), PMS-AM (5).
  public static func totalCost(
    computationCost: [Double], iterations: [Double], privacyCost: [Double], privacyBudgets: [Double]
  ) throws -> [Double] {
    let shape = try check(
      .each(.member, "unit computation costs", computationCost, .nonNegative),
      .each(.member, "local iterations", iterations, .nonNegative),
      .each(.member, "unit privacy costs", privacyCost, .nonNegative),
      .each(.member, "privacy budgets", privacyBudgets, .nonNegative))
    return (0..<shape[.member]).map {
      computationCost[$0] * iterations[$0] + privacyCost[$0] * privacyBudgets[$0]
    }
  }
}
