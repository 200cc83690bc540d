import Tensor

/// What the papers say of all providers together, of the two stages, and of predicted competitors.
enum EquilibriumClaims {
  static func all(_ trial: ClaimTrial) throws -> [PaperClaim] {
    var claims = [
      try existence(trial), try bestReplies(trial), try providerRationality(trial), try stages(trial),
    ]
    if trial.paper == .pmsam { claims.append(try pointPrediction()) }
    return claims
  }

  /// A market of random members, all values in the ranges of the papers' tables.
  private static func game(_ trial: ClaimTrial) -> IncentiveGame {
    var stream = trial.stream("market")
    func draw(_ low: Double, _ high: Double) -> [Double] { (0..<10).map { _ in stream.uniform(low, high) } }
    return IncentiveGame(
      reports: MemberReports(
        dataSizes: draw(2000, 8000).map { $0.rounded() }, losses: draw(0.1, 2.3), ages: draw(1, 30),
        gradientNorms: draw(0.5, 4), frequencies: draw(3e9, 5e9)),
      budgets: (0..<5).map { _ in stream.uniform(500, 1500) })
  }

  private static func existence(_ trial: ClaimTrial) throws -> PaperClaim {
    let point = try BidContest.symmetricEquilibrium(providers: 5, load: 0.5, value: 1)
    func printed(_ bid: Double) throws -> Double {
      try BidContest.objective(bids: [bid], competitors: [4 * point.bid], load: [0.5], value: [1], variant: .paper)[0]
    }
    let regret = try game(trial).solve(cancellation: trial.cancellation).regret?.maximumRegret ?? .infinity
    return PaperClaim(
      "A5", "Theorem 2", "the game of (13) has one equilibrium, at (25)",
      printed: Comparison(
        Figure("gain of bidding 5, in (13)", try printed(5) - printed(point.bid)), .atMost, Figure("none", 0)),
      truth: "true of (v - q) w - A q, 2 or more providers: shares add to 1 once",
      amendment: .correction(
        Comparison(Figure("relative regret, 10 x 5", regret), .atMost, Figure("rounding", 1e-9))),
      figures: [Figure("the bid of (25), M = 5, A = 0.5", point.bid)])
  }

  private static func bestReplies(_ trial: ClaimTrial) throws -> PaperClaim {
    func distance(_ load: Double) throws -> Double {
      let point = try BidContest.symmetricEquilibrium(providers: 5, load: load, value: 1)
      var bid = point.bid * (1 + 1e-6)
      for _ in 0..<400 { bid = try BidContest.bestBid(competitors: [4 * bid], load: [load], value: [1])[0] }
      return abs(bid / point.bid - 1)
    }
    let threshold = (2.0 * 5 + 1) / (5.0 * (5 - 4))
    return PaperClaim(
      "A5b", "Theorem 2", "best replies made by all at once settle at it",
      printed: Comparison(Figure("distance after 400, A = 2.3", try distance(2.3)), .atMost, Figure("start", 1e-6)),
      truth: "for M <= 4, else for A < (2M + 1) / (M (M - 4)): 2.2 for five",
      amendment: .condition(Comparison(Figure("at A = 2.1", try distance(2.1)), .atMost, Figure("start", 1e-6))),
      figures: [Figure("threshold, M = 5", threshold)])
  }

  private static func providerRationality(_ trial: ClaimTrial) throws -> PaperClaim {
    let point = try BidContest.symmetricEquilibrium(providers: 5, load: 1, value: 1)
    let printed = try BidContest.objective(
      bids: [point.bid], competitors: [4 * point.bid], load: [1], value: [1], variant: .paper)[0]
    var stream = trial.stream("provider rationality")
    var least = Double.infinity
    for _ in 0..<1000 {
      let (total, load, value) = (stream.uniform(0.01, 5), stream.uniform(0, 3), stream.uniform(0.1, 60))
      let bid = try BidContest.bestBid(competitors: [total], load: [load], value: [value])
      least = min(
        least, try BidContest.objective(bids: bid, competitors: [total], load: [load], value: [value])[0])
    }
    return PaperClaim(
      "A11", "Theorem 3, providers", "a provider's bid never leaves it a loss",
      printed: Comparison(Figure("u at (25), five, A = 1", printed), .atLeast, Figure("not bidding", 0)),
      truth: "the proof sets w = 1; true of (v - q) w - A q, as q = 0 is worth 0",
      amendment: .correction(Comparison(Figure("least of 1000", least), .atLeast, Figure("not bidding", 0))))
  }

  private static func stages(_ trial: ClaimTrial) throws -> PaperClaim {
    var market = game(trial)
    let before = try market.solve(verified: false)
    market.parameters.energyWeight *= 3
    market.parameters.privacyWeight *= 3
    let after = try market.solve(verified: false)
    let change =
      zip(
        before.quality.bids.elements + before.freshness.bids.elements,
        after.quality.bids.elements + after.freshness.bids.elements
      ).map { abs($0 - $1) }.max() ?? 0
    let worked = before.members.iterations.reduce(0, +)
    return PaperClaim(
      "A18", trial.source("FL-NFT IV", "PMS-AM 4"), "providers anticipate how members will reply",
      printed: Comparison(
        Figure("change of a bid, alpha, beta x 3", change), .above, Figure("none", 0)),
      truth: "no leader's problem contains the reply: Stackelberg in name only",
      figures: [
        Figure("iterations before", Double(worked)),
        Figure("iterations after", Double(after.members.iterations.reduce(0, +))),
      ])
  }

  private static func pointPrediction() throws -> PaperClaim {
    let totals = [0.5, 4]
    func expected(_ bid: Double) throws -> Double {
      try BidContest.objective(bids: [bid, bid], competitors: totals, load: [0], value: [1]).reduce(0, +) / 2
    }
    let mean = try BidContest.bestBid(competitors: [2.25], load: [0], value: [1])[0]
    let best = try BidContest.bestBid(totals: totals, probabilities: [0.5, 0.5], load: 0, value: 1)
    return PaperClaim(
      "A19", "PMS-AM 5.1", "it is best to reply to the expected competitors",
      printed: Comparison(
        Figure("E u, D is 0.5 or 4", try expected(mean)), .atLeast, Figure("best bid", try expected(best))),
      truth: "that overbids; the bid that is best on average replies to D's law",
      figures: [Figure("reply to the mean", mean), Figure("best on average", best)])
  }
}
