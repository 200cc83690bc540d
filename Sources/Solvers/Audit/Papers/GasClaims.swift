import Tensor

/// What TBCIM's figures 8 to 10 say of numbers of servers and of gas, on markets drawn as its experiments draw them and
/// solved exactly.
///
/// How accurate the trained model becomes is not tried: the quality that (28) expects stands in for it.
enum GasClaims {
  static func all(_ trial: ClaimTrial) throws -> [PaperClaim] {
    let sizes = [3, 5, 10]
    let gasPrices = [0, 0.01, 0.02, 0.04]
    let means = try sizes.map { try EdgeAuctionMeans.table(servers: $0, gasPrices: gasPrices, trial) }
    let (three, ten) = (means[0], means[2])
    return [
      try fewerDevices(trial), moreServers(three, ten), welfare(three, ten), profits(ten), quality(ten),
    ]
  }

  /// Costs of gas over sets of sellers whose other costs stay.
  private static func fewerDevices(_ trial: ClaimTrial) throws -> PaperClaim {
    var stream = trial.stream("devices of the optimum")
    var rise = -Double.infinity
    for _ in 0..<200 {
      try trial.cancellation.check()
      let selection = try SubsetSelection(
        TrialProcurement.sellers(
          (0..<5).map { _ in stream.uniform(2000, 20_000).rounded() }, (0..<5).map { _ in stream.uniform(0.2, 1.6) }))
      let costs = (0..<5).map { _ in stream.uniform() }
      let devices = (0..<5).map { _ in Double(1 + stream.integer(below: 10)) }
      var before = Double.infinity
      for price in (0..<12).map({ Double($0) * 0.02 }) {
        let bids = zip(costs, devices).map { $0 + price * $1 }
        let chosen = try selection.optimal(bids: bids).winners.reduce(0) { $0 + devices[$1] }
        if before.isFinite { rise = max(rise, chosen - before) }
        before = chosen
      }
    }
    return PaperClaim(
      "T9", "TBCIM figure 8", "the dearer gas is, the fewer devices are selected",
      printed: Comparison(Figure("largest rise, 200 markets", rise), .atMost, Figure("none", 0)),
      truth: "at the optimum: its value is convex in the gas price, slope -devices")
  }

  private static func moreServers(_ three: [EdgeAuctionMeans], _ ten: [EdgeAuctionMeans]) -> PaperClaim {
    PaperClaim(
      "T9b", "TBCIM figure 8", "the more servers there are, the fewer win",
      printed: Comparison(
        Figure("mean winners of ten", ten[0].winners), .atMost, Figure("of three", three[0].winners)),
      truth: "more win; under gas a smaller part of them",
      amendment: .correction(
        Comparison(
          Figure("part of ten, gas 0.02", ten[2].winners / 10), .below, Figure("of three", three[2].winners / 3))))
  }

  private static func welfare(_ three: [EdgeAuctionMeans], _ ten: [EdgeAuctionMeans]) -> PaperClaim {
    PaperClaim(
      "T9c", "TBCIM figure 8", "the more servers there are, the larger is welfare",
      printed: Comparison(Figure("mean welfare of ten", ten[0].welfare), .above, Figure("of three", three[0].welfare)),
      truth: "the best of more sets; gas lowers it",
      figures: [
        Figure("of ten, gas 0.02", ten[2].welfare), Figure("of three, gas 0.02", three[2].welfare),
      ])
  }

  private static func profits(_ ten: [EdgeAuctionMeans]) -> PaperClaim {
    PaperClaim(
      "L11", "TBCIM figure 9, (33)", "servers earn more when gas is dearer",
      printed: Comparison(
        Figure("revenue (33) of ten, gas 0.04", ten[3].revenue), .atLeast, Figure("gas 0.01", ten[1].revenue)),
      truth: "(33) falls by each worker's gas, and so does what VCG leaves",
      amendment: .correction(
        Comparison(Figure("left by VCG, gas 0.04", ten[3].profit), .below, Figure("gas 0.01", ten[1].profit))),
      figures: [Figure("left by VCG, no gas", ten[0].profit), Figure("left by VCG, gas 0.02", ten[2].profit)])
  }

  private static func quality(_ ten: [EdgeAuctionMeans]) -> PaperClaim {
    PaperClaim(
      "L11b", "TBCIM figure 10", "dearer gas selects data of which a better model is made",
      printed: Comparison(
        Figure("quality of ten's, gas 0.04", ten[3].quality), .atLeast, Figure("no gas", ten[0].quality)),
      truth: "their labels are closer to the task's, but there are far fewer",
      amendment: .correction(
        Comparison(Figure("mean EMD, gas 0.04", ten[3].distance), .below, Figure("no gas", ten[0].distance))),
      figures: [Figure("samples, gas 0.04", ten[3].samples), Figure("samples, no gas", ten[0].samples)])
  }
}
