import Tensor

/// What the papers say of members: efforts, rationality, rounding, the deadline, and what money is.
enum MemberClaims {
  static func all(_ trial: ClaimTrial) throws -> [PaperClaim] {
    var claims = [try bestEffort(trial)]
    if trial.paper == .pmsam { claims.append(try printedSign()) }
    return claims + [
      try rationality(trial), try rounding(trial), try deadline(trial), try conservation(trial),
    ]
  }

  private static func utility(_ benefit: Double, _ iterations: Double, _ budget: Double, sigma: Double) throws -> Double
  {
    try IncentiveModel.memberUtility(
      benefit: Matrix(rows: 1, columns: 1, elements: [benefit]), iterations: [iterations], privacyBudgets: [budget],
      computationCost: [1], privacyCost: [1], concavity: sigma)[0]
  }

  private static func reply(_ benefit: Double, sigma: Double) throws -> Double {
    try IncentiveModel.sharedBestResponse(
      benefit: Matrix(rows: 1, columns: 1, elements: [benefit]), computationCost: [1], privacyCost: [1],
      concavity: sigma
    ).iterations[0]
  }

  private static func bestEffort(_ trial: ClaimTrial) throws -> PaperClaim {
    var stream = trial.stream("best effort")
    var largest = 0.0
    for _ in 0..<200 {
      let benefit = stream.uniform(0.1, 20)
      let sigma = stream.uniform(0.2, 0.9)
      let effort = try reply(benefit, sigma: sigma)
      func left(_ effort: Double) -> Double {
        IncentiveModel.gain(benefit, effort: effort, unitCost: 1, concavity: sigma)
      }
      let found = Search.overInterval(0...(3 * effort), left).value
      largest = max(largest, (found - left(effort)) / max(1, abs(found)))
    }
    return PaperClaim(
      "A1", trial.source("FL-NFT (18)", "PMS-AM (22), without its sign"),
      "(delta / C)^(1/sigma) is the best effort",
      printed: Comparison(Figure("best gain of 200 searches", largest), .atMost, Figure("rounding", 1e-9)),
      truth: "for delta above 0; without earnings the best effort is none")
  }

  private static func printedSign() throws -> PaperClaim {
    let effort = try reply(3, sigma: 0.5)
    return PaperClaim(
      "A1b", "PMS-AM (22)", "the best effort has a minus sign before its root",
      printed: Comparison(Figure("printed k, delta = 3, C = 1", -effort), .atLeast, Figure("least effort", 0)),
      truth: "the sign is a slipped index of the root",
      amendment: .correction(Comparison(Figure("k without it", effort), .atLeast, Figure("least effort", 0))))
  }

  private static func rationality(_ trial: ClaimTrial) throws -> PaperClaim {
    let effort = try reply(50, sigma: 1.5)
    let loss = try utility(50, effort, effort, sigma: 1.5)
    var stream = trial.stream("rationality")
    var least = Double.infinity
    for _ in 0..<500 {
      let benefit = stream.uniform(0.1, 20)
      let sigma = stream.uniform(0.2, 0.95)
      let effort = try reply(benefit, sigma: sigma)
      least = min(least, try utility(benefit, effort, effort, sigma: sigma))
    }
    return PaperClaim(
      "A2", "Theorem 3, members", "a member's best reply never leaves it a loss",
      printed: Comparison(Figure("utility, sigma 1.5, delta 50", loss), .atLeast, Figure("abstaining", 0)),
      truth: "for sigma < 1: it is left with sigma / (1 - sigma) times its cost",
      amendment: .condition(Comparison(Figure("least of 500 at sigma < 1", least), .atLeast, Figure("abstaining", 0))))
  }

  private static func rounding(_ trial: ClaimTrial) throws -> PaperClaim {
    let effort = try reply(0.3, sigma: 0.5)
    let above = IncentiveModel.gain(0.3, effort: effort.rounded(.up), unitCost: 1, concavity: 0.5)
    let below = Double(try IncentiveModel.flooredIterations([effort])[0])
    return PaperClaim(
      "A20a", trial.source("FL-NFT (19)", "PMS-AM (23)"), "rounding up, by the printed brackets, is harmless",
      printed: Comparison(Figure("utility rounded up", above), .atLeast, Figure("abstaining", 0)),
      truth: "the printed minimum does not exist; rounding down is harmless",
      amendment: .correction(
        Comparison(
          Figure("rounded down", IncentiveModel.gain(0.3, effort: below, unitCost: 1, concavity: 0.5)), .atLeast,
          Figure("abstaining", 0))), figures: [Figure("k*, delta = 0.3, C = 1", effort)])
  }

  /// The same device and deadline, in seconds and in milliseconds.
  private static func deadline(_ trial: ClaimTrial) throws -> PaperClaim {
    func limit(_ variant: Variant, ticksPerSecond: Double) throws -> Double {
      try IncentiveModel.maximumIterations(
        period: [10 * ticksPerSecond], cyclesPerSample: [1.5625e7], batchSize: [64],
        frequencies: [4e9 / ticksPerSecond],
        capacitance: [1e-27 * ticksPerSecond * ticksPerSecond], bandwidth: [1e9 / ticksPerSecond],
        communicationTime: [0.25 * ticksPerSecond], variant: variant)[0]
    }
    return PaperClaim(
      "A20b", "C2 of " + trial.source("FL-NFT (12)", "PMS-AM (15)"), "C2 bounds the iterations by the deadline",
      printed: Comparison(
        Figure("k_max in ms", try limit(.paper, ticksPerSecond: 1000)), .equal,
        Figure("in s", try limit(.paper, ticksPerSecond: 1))),
      truth: "it takes joules for seconds; k <= f (T - T_upload) / (z s) is meant",
      amendment: .correction(
        Comparison(
          Figure("k_max in ms", try limit(.corrected, ticksPerSecond: 1000)), .equal,
          Figure("in s", try limit(.corrected, ticksPerSecond: 1)))))
  }

  private static func conservation(_ trial: ClaimTrial) throws -> PaperClaim {
    let benefit = 10.0
    let counted = benefit * (try IncentiveModel.fairUtility([5, 5], concavity: 0.5).reduce(0, +))
    return PaperClaim(
      "A13", trial.source("FL-NFT (11), (13)", "PMS-AM (14), (16)"), "members receive what providers pay",
      printed: Comparison(Figure("a member counts, k = eps = 5", counted), .equal, Figure("its provider", benefit)),
      truth: "delta (h(k) + h(eps)) against delta; only the auction moves money")
  }
}
