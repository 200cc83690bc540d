import Tensor

/// What TBCIM says of its loss, the gradient of it, and the search for misreports, on networks that are drawn.
enum AuctionTrainingClaims {
  static func all(_ trial: ClaimTrial) throws -> [PaperClaim] {
    [try gradient(trial), try penalty(), try search(trial)]
  }

  /// The derivative of (6) by the first seller's payment bias, as (7) prints it and by differences.
  private static func gradient(_ trial: ClaimTrial) throws -> PaperClaim {
    var stream = trial.stream("gradient of the loss")
    let network = try TrialProcurement.drawnNetwork(.ceiling, &stream)
    let bids = TrialProcurement.costs(16, sellers: 3, &stream)
    let misreports = bids.map { $0.map { ($0 + 1) / 2 } }
    let lagrangian = AugmentedLagrangian(multipliers: [1, 1, 1])
    func loss(_ network: ReverseAuctionNetwork, _ lagrangian: AugmentedLagrangian) throws -> ReverseAuctionNetwork.Loss
    {
      try network.loss(bids: bids, misreports: misreports, lagrangian: lagrangian, clamp: false)
    }
    func shifted(_ step: Double) throws -> Double {
      var payment = network.payment
      payment.layers[1].biases[0] += step
      let moved = try ReverseAuctionNetwork(design: network.design, allocation: network.allocation, payment: payment)
      return try loss(moved, lagrangian).loss
    }
    let step = 1e-4
    let measured = Figure("by differences of (6)", (try shifted(step) - shifted(-step)) / (2 * step))
    let whole = try loss(network, lagrangian).paymentGradient.layers[1].biases[0]
    let base = try loss(network, AugmentedLagrangian(multipliers: [0, 0, 0], weight: 0))
      .paymentGradient.layers[1].biases[0]
    // As printed the first term has the other sign, and the others are not divided by the batch.
    let printed = -base + Double(bids.count) * (whole - base)
    return PaperClaim(
      "T6", "TBCIM (6), (7)", "(7) is the gradient of (6)",
      printed: Comparison(Figure("(7), by a payment's bias", printed), .equal, measured),
      truth: "the first term's sign is the other, and the others lack 1/B",
      amendment: .correction(Comparison(Figure("so corrected", whole), .equal, measured)))
  }

  private static func penalty() throws -> PaperClaim {
    let regret = [0.1, 0.3]
    func lagrangian(_ penalty: AugmentedLagrangian.Penalty) -> AugmentedLagrangian {
      AugmentedLagrangian(multipliers: [1, 1], penalty: penalty)
    }
    func difference(_ penalty: AugmentedLagrangian.Penalty) -> Figure {
      let step = 1e-4
      let up = lagrangian(penalty).value([regret[0] + step, regret[1]])
      let down = lagrangian(penalty).value([regret[0] - step, regret[1]])
      return Figure("by differences", (up - down) / (2 * step))
    }
    let derivative = lagrangian(.sumOfSquares).coefficients(regret)[0]
    return PaperClaim(
      "T6b", "TBCIM (6), (7)", "the penalty in (7) is that of (6)",
      printed: Comparison(Figure("(7) at regrets 0.1, 0.3", derivative), .equal, difference(.squareOfSum)),
      truth: "(6) squares the sum; (7) differentiates the sum of squares",
      amendment: .correction(
        Comparison(Figure("(7) for those", derivative), .equal, difference(.sumOfSquares))))
  }

  private static func search(_ trial: ClaimTrial) throws -> PaperClaim {
    var stream = trial.stream("search for misreports")
    var (climbed, grid) = (0.0, 0.0)
    for _ in 0..<5 {
      let network = try TrialProcurement.drawnNetwork(.ceiling, &stream)
      let bids = TrialProcurement.costs(32, sellers: 3, &stream)
      let starts = TrialProcurement.costs(32, sellers: 3, &stream)
      let found = try network.climbedMisreports(bids: bids, misreports: starts, steps: 10, rate: 0.1)
      climbed += try network.regret(bids: bids, misreports: found).regret.reduce(0, +) / 15
      grid += try network.gridRegret(bids: bids, points: 101).reduce(0, +) / 15
    }
    return PaperClaim(
      "T7d", "TBCIM theorem 1, algorithm 1", "the regret that ten gradient steps find is the largest",
      printed: Comparison(Figure("mean regret by gradient", climbed), .atLeast, Figure("on a grid", grid)),
      truth: "a gradient finds a lower bound; the theorem is about the maximum")
  }
}
