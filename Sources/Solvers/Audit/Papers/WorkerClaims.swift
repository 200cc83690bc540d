import Tensor

/// What TBCIM says of workers: their best response, its concavity, whether work pays, and whether they compete.
enum WorkerClaims {
  static func all(_ trial: ClaimTrial) throws -> [PaperClaim] {
    [
      try response(trial), try concavity(trial), try fee(), try participation(trial), try competition(trial),
    ]
  }

  private static func response(_ trial: ClaimTrial) throws -> PaperClaim {
    var stream = trial.stream("responses")
    var largest = 0.0
    for _ in 0..<200 {
      let worker = TrialEdgeMarket.worker(&stream)
      let price = stream.uniform(0.01, 1)
      let held = try worker.profit(price: price)
      let found = worker.searchedResponse(to: price)
      largest = max(largest, (found.profit - held.profit) / max(1, held.fee))
    }
    return PaperClaim(
      "L0a", "TBCIM (34)-(36)", "C* = p / (2 A beta kappa theta) is the best response",
      printed: Comparison(Figure("best gain of 200 searches", largest), .atMost, Figure("rounding", 1e-9)),
      truth: "and it does not depend on how many samples there are")
  }

  private static func concavity(_ trial: ClaimTrial) throws -> PaperClaim {
    var stream = trial.stream("concavity")
    var largest = -Double.infinity
    for _ in 0..<200 {
      let worker = TrialEdgeMarket.worker(&stream)
      let (price, middle) = (stream.uniform(0.01, 1), stream.uniform(0.1, 5))
      func profit(_ resource: Double) throws -> Double {
        try worker.profit(price: price, resource: resource).profit
      }
      largest = max(largest, try profit(1.1 * middle) - 2 * profit(middle) + profit(0.9 * middle))
    }
    return PaperClaim(
      "L0b", "TBCIM (35)", "a worker's profit is strictly concave in its resource",
      printed: Comparison(Figure("largest second difference, 200", largest), .below, Figure("flat", 0)),
      truth: "its second derivative is -2 d A beta")
  }

  private static func fee() throws -> PaperClaim {
    let worker = TrialEdgeMarket.fourDevices[1]
    let price = 0.1
    func printed(_ variant: Variant) throws -> Double {
      try EdgeRevenue(
        workers: [worker], price: price, gasPerWorker: 0, quality: DataQuality(), variant: variant
      ).fees
    }
    let paid = Figure("p C* d / (kappa theta)", try worker.profit(price: price).fee)
    return PaperClaim(
      "L1", "TBCIM (37)", "substituting (36), the fee divides by kappa theta",
      printed: Comparison(Figure("fee in (37), p = 0.1", try printed(.paper)), .equal, paid),
      truth: "by (kappa theta)^2",
      amendment: .correction(Comparison(Figure("with the square", try printed(.corrected)), .equal, paid)))
  }

  private static func participation(_ trial: ClaimTrial) throws -> PaperClaim {
    func least(_ rule: LeaderRule) throws -> Double {
      try TrialEdgeMarket.server().leaderPrice(rule: rule, cancellation: trial.cancellation).profits.min() ?? 0
    }
    return PaperClaim(
      "L2b", "TBCIM IV-C", "at the equilibrium price, workers gain by working",
      printed: Comparison(Figure("least profit, as printed", try least(.literal)), .atLeast, Figure("staying away", 0)),
      truth: "at 0 each loses its fixed costs, from its participation price on nothing",
      amendment: .correction(
        Comparison(Figure("with consent", try least(.subset)), .atLeast, Figure("rounding", -1e-12))))
  }

  private static func competition(_ trial: ClaimTrial) throws -> PaperClaim {
    let market = TrialEdgeMarket.fourDevices
    func profitOfFirst(_ others: [EdgeWorker]) throws -> Double {
      let server = EdgeServer(
        workers: [market[0]] + others, quality: TrialEdgeMarket.quality, gasPerWorker: 0, resourceValue: 1)
      return try server.leaderPrice(rule: .literal).profits[0]
    }
    // At the same price: v / 2 whoever works.
    let alone = try profitOfFirst([])
    let inCompany = try profitOfFirst(Array(market.dropFirst()))
    return PaperClaim(
      "L4", "TBCIM II-C, IV-B", "workers compete for one pool of rewards",
      printed: Comparison(
        Figure("profit lost to three others", abs(alone - inCompany)), .above, Figure("none", 0)),
      truth: "(34) contains nobody else: the responses are dominant")
  }
}
