import Tensor

/// What TBCIM says of an edge server: its price, whom it attracts, its income, the scale of its gas.
enum EdgeServerClaims {
  static func all(_ trial: ClaimTrial) throws -> [PaperClaim] {
    [
      try uniquePrice(trial), try positivePrice(trial), try bestData(trial), try wastedFees(trial), try income(),
      try gasScale(),
    ]
  }

  private static func uniquePrice(_ trial: ClaimTrial) throws -> PaperClaim {
    let server = TrialEdgeMarket.server()
    let prices = (1...1000).map { Double($0) / 1000 }
    let found = try prices.map {
      try EdgeRevenue(
        workers: server.workers, price: $0, gasPerWorker: server.gasPerWorker, quality: server.quality
      ).revenue
    }
    return PaperClaim(
      "L2", "TBCIM (33), (37)", "one price maximises the server's revenue",
      printed: Comparison(
        Figure("best of 1000 other prices", found.max() ?? .infinity), .below,
        Figure("at p*", try server.leaderPrice(rule: .literal).revenue)),
      truth: "true, but that price is 0 (L2a): U does not contain the resources")
  }

  private static func positivePrice(_ trial: ClaimTrial) throws -> PaperClaim {
    func price(_ rule: LeaderRule) throws -> Double {
      try TrialEdgeMarket.server().leaderPrice(rule: rule, cancellation: trial.cancellation).price
    }
    return PaperClaim(
      "L2a", "TBCIM (37)", "the best price is above 0",
      printed: Comparison(Figure("p* as printed", try price(.literal)), .above, Figure("nothing", 0)),
      truth: "workers' consent holds it up: max(v/2, highest participation price)",
      amendment: .correction(Comparison(Figure("with consent", try price(.subset)), .above, Figure("nothing", 0))))
  }

  private static func bestData(_ trial: ClaimTrial) throws -> PaperClaim {
    var stream = trial.stream("random markets")
    let markets = 300
    var (declining, decliningBest) = (0, 0)
    for _ in 0..<markets {
      try trial.cancellation.check()
      let server = TrialEdgeMarket.server((0..<6).map { _ in TrialEdgeMarket.worker(&stream) })
      let leader = try server.leaderPrice()
      let declined = server.workers.indices.filter {
        !leader.selected.contains($0) && leader.participation[$0] <= leader.price
      }
      let best = server.workers.indices.min { server.workers[$0].distance < server.workers[$1].distance }
      if !declined.isEmpty { declining += 1 }
      if let best, declined.contains(best) { decliningBest += 1 }
    }
    return PaperClaim(
      "L3", "TBCIM IV-B", "the reward attracts the best data",
      printed: Comparison(
        Figure("share of markets declining the best", Double(decliningBest) / Double(markets)), .atMost,
        Figure("none", 0)),
      truth: "a fee grows as 1 / theta^2: servers decline the willing best device",
      figures: [Figure("share of markets that decline a willing device", Double(declining) / Double(markets))])
  }

  private static func wastedFees(_ trial: ClaimTrial) throws -> PaperClaim {
    let market = try EdgeMarket(TrialEdgeMarket.server(), verified: false, cancellation: trial.cancellation)
    let computation = market.work.reduce(0) { $0 + $1.costs.computation }
    let marginal = market.work.min { $0.profit < $1.profit }
    return PaperClaim(
      "L3b", "TBCIM (33), (34)", "fees buy what the server values",
      printed: Comparison(
        Figure("share burnt on computation", computation / market.fees), .atMost, Figure("none", 0)),
      truth: "half of every fee pays for resources that U does not contain",
      figures: [
        Figure("marginal worker's fee by its fixed costs", (marginal?.fee ?? 0) / (marginal?.costs.fixed ?? 1))
      ])
  }

  private static func income() throws -> PaperClaim {
    func revenue(_ payment: Double?) throws -> EdgeRevenue {
      try EdgeRevenue(
        workers: TrialEdgeMarket.fourDevices, price: 0.06, gasPerWorker: 0.01, quality: TrialEdgeMarket.quality,
        payment: payment)
    }
    let printed = try revenue(nil)
    let paid = try revenue(printed.fees + printed.gas)
    return PaperClaim(
      "L8", "TBCIM (33)", "a server's revenue is U less its costs",
      printed: Comparison(
        Figure("(33), p = 0.06", printed.revenue), .equal, Figure("paid its costs", paid.revenue)),
      truth: "it receives the auction's payment, not the utility of its data")
  }

  private static func gasScale() throws -> PaperClaim {
    let most = try DataQuality().utility(sizes: [1e9], distances: [0]).value
    func comparison(_ value: Double) throws -> Comparison {
      Comparison(
        Figure("gas of a worker, p_g 0.01", try LedgerGas.cost(value: value, used: 7.68e4, price: 0.01, workers: 1)),
        .atMost, Figure("largest U_d", most))
    }
    return PaperClaim(
      "L9", "TBCIM (32), a6 = 3.48e-2", "with the printed a6, data are worth their gas",
      printed: try comparison(3.48e-2), truth: "forty times all that data can be worth; 3.48e-6 is of their scale",
      amendment: .correction(try comparison(3.48e-6)))
  }
}
