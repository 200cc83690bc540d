import Tensor

/// What TBCIM says of its regret, of its payments, and of who wins.
///
/// Where the paper trains networks, the auctions that they approach stand in: VCG, Myerson's, and networks whose outputs
/// are constant or drawn, for which the same holds exactly.
enum AuctionRegretClaims {
  static func all(_ trial: ClaimTrial) throws -> [PaperClaim] {
    let selection = try SubsetSelection(TrialProcurement.three())
    var stream = trial.stream("costs of three servers")
    let costs = TrialProcurement.costs(200, sellers: 3, &stream)
    let vickrey = try MeasuredAuction(costs, cancellation: trial.cancellation) { try selection.vickrey(bids: $0) }
    let myerson = try MeasuredAuction(costs, cancellation: trial.cancellation) {
      try selection.myerson(bids: $0, low: 0, high: 1).outcome
    }
    return [
      regret(vickrey, myerson), try constantSurplus(selection, vickrey, myerson),
      try losses(trial, selection, costs), try lies(trial, costs), try optimum(costs, myerson),
      chances(vickrey, myerson), welfare(vickrey, myerson), try singleWinner(selection, vickrey),
    ]
  }

  private static func regret(_ vickrey: MeasuredAuction, _ myerson: MeasuredAuction) -> PaperClaim {
    PaperClaim(
      "T1", "TBCIM (2), (4)", "an auction is truthful if and only if rgt is 0",
      printed: Comparison(Figure("mean rgt of VCG, three servers", vickrey.paperRegret), .atMost, Figure("none", 0)),
      truth: "rgt is 0 where U never changes; a bidder's own gain is what counts",
      amendment: .correction(
        Comparison(Figure("bidders' regret of VCG", vickrey.bidderRegret), .atMost, Figure("rounding", 1e-9))),
      figures: [
        Figure("mean rgt of Myerson's auction", myerson.paperRegret),
        Figure("bidders' regret of Myerson's auction", myerson.bidderRegret),
      ])
  }

  private static func constantSurplus(
    _ selection: SubsetSelection, _ vickrey: MeasuredAuction, _ myerson: MeasuredAuction
  ) throws -> PaperClaim {
    // If U never changes it is what it is at the highest bids, which are paid at least.
    let bound = try selection.optimal(bids: [1, 1, 1]).welfare
    return PaperClaim(
      "T1b", "TBCIM (3), (5)", "with rgt 0 and no losses U can be optimal",
      printed: Comparison(
        Figure("most U with both", bound), .atLeast, Figure("U of Myerson's auction", myerson.surplus)),
      truth: "a constant U is at most max U_d(W) less the highest bids of W",
      figures: [Figure("U of VCG", vickrey.surplus)])
  }

  private static func losses(
    _ trial: ClaimTrial, _ selection: SubsetSelection, _ costs: [[Double]]
  ) throws -> PaperClaim {
    var stream = trial.stream("networks that pay")
    func least(_ payment: ReverseAuctionDesign.Payment) throws -> [Double] {
      let network = try TrialProcurement.drawnNetwork(payment, &stream)
      return try network.outcomes(bids: costs).map { $0.bidderUtility.min() ?? 0 }
    }
    let printed = try least(.literal)
    let ceiling = try least(.ceiling)
    var (paid, beyond) = (0, 0)
    for bids in costs {
      let outcome = try selection.myerson(bids: bids, low: 0, high: 1).outcome
      paid += outcome.winners.count
      beyond += outcome.winners.count { outcome.payments[$0] > 2 * bids[$0] }
    }
    return PaperClaim(
      "T2", "TBCIM III, payments", "paying p~ z b, no truthful server loses",
      printed: Comparison(
        Figure("least left, networks drawn", printed.min() ?? 0), .atLeast, Figure("staying away", 0)),
      truth: "(p~ - 1) z b is negative; z (b + p~ (highest - b)) never is",
      amendment: .correction(
        Comparison(Figure("least left, the latter", ceiling.min() ?? 0), .atLeast, Figure("rounding", -1e-12))),
      figures: [
        Figure("share of profiles with a loss", Double(printed.count { $0 < 0 }) / Double(max(1, printed.count))),
        Figure("share of Myerson's payments beyond (1 + p~) b", Double(beyond) / Double(max(1, paid))),
      ])
  }

  private static func lies(_ trial: ClaimTrial, _ costs: [[Double]]) throws -> PaperClaim {
    var stream = trial.stream("networks that are lied to")
    var design = ReverseAuctionDesign(sellers: try TrialProcurement.three())
    design.payment = .literal
    let deaf = try TrialProcurement.constantNetwork(design, allocation: [40, 40, 40], payment: [-40, -40, -40])
    func regret(_ network: ReverseAuctionNetwork) throws -> Double {
      try network.gridRegret(bids: Array(costs.prefix(50)), points: 41).reduce(0, +) / 3
    }
    return PaperClaim(
      "T2b", "TBCIM III, payments", "paying p~ z b makes bids truthful",
      printed: Comparison(
        Figure("bidders' regret, network drawn", try regret(TrialProcurement.drawnNetwork(.literal, &stream))),
        .atMost, Figure("none", 0)),
      truth: "only paying nothing and hearing nobody would be truthful",
      amendment: .correction(
        Comparison(Figure("regret of that", try regret(deaf)), .atMost, Figure("rounding", 1e-9))))
  }

  private static func optimum(_ costs: [[Double]], _ myerson: MeasuredAuction) throws -> PaperClaim {
    var design = ReverseAuctionDesign(sellers: try TrialProcurement.three())
    design.payment = .literal
    let buysAll = try TrialProcurement.constantNetwork(design, allocation: [40, 40, 40], payment: [-40, -40, -40])
    let measured = try buysAll.evaluation(bids: costs, points: 41, paper: true)
    design.head = .softmax
    design.utility = .fractional
    let buysOne = try TrialProcurement.constantNetwork(design, allocation: [40, 0, 0], payment: [-40, -40, -40])
    return PaperClaim(
      "T3", "TBCIM (3), (5), figure 6", "rgt 0 with the largest U is a market that servers join",
      printed: Comparison(
        Figure("mean left to all, so solved", measured.payment - (measured.dataUtility - measured.welfare)), .atLeast,
        Figure("staying away", 0)),
      truth: "paying nobody solves it; participation must be demanded",
      amendment: .correction(
        Comparison(Figure("least left by Myerson", myerson.leastUtility), .atLeast, Figure("rounding", -1e-12))),
      figures: [
        Figure("U so solved", measured.surplus), Figure("its rgt", measured.meanPaperRegret),
        Figure("its bidders' regret", measured.meanRegret),
        Figure("U with softmax", try buysOne.evaluation(bids: costs, points: 2).surplus),
      ])
  }

  private static func chances(_ vickrey: MeasuredAuction, _ myerson: MeasuredAuction) -> PaperClaim {
    PaperClaim(
      "T4", "TBCIM figure 7", "low bids lose; the chance to win peaks at the cost",
      printed: Comparison(
        Figure("share where lower bids lose, Myerson", myerson.risingChances), .above, Figure("none", 0)),
      truth: "chances never rise in the bid; it is utility that peaks at the cost",
      amendment: .correction(
        Comparison(
          Figure("largest gain off the cost", max(vickrey.largestGain, myerson.largestGain)), .atMost,
          Figure("rounding", 1e-9))), figures: [Figure("share where lower bids lose, VCG", vickrey.risingChances)])
  }

  private static func welfare(_ vickrey: MeasuredAuction, _ myerson: MeasuredAuction) -> PaperClaim {
    PaperClaim(
      "T5", "TBCIM (1)", "U_d less payments is social welfare",
      printed: Comparison(
        Figure("U of VCG", vickrey.surplus), .equal, Figure("its social welfare", vickrey.welfare)),
      truth: "it is the buyer's surplus: more by Myerson's, at less welfare",
      amendment: .correction(
        Comparison(
          Figure("U of Myerson's auction", myerson.surplus), .above, Figure("that of VCG", vickrey.surplus))),
      figures: [Figure("social welfare of Myerson's auction", myerson.welfare)])
  }

  private static func singleWinner(_ selection: SubsetSelection, _ vickrey: MeasuredAuction) throws -> PaperClaim {
    var design = ReverseAuctionDesign(sellers: selection.sellers)
    func chances(_ head: ReverseAuctionDesign.Head) throws -> Double {
      design.head = head
      let network = try TrialProcurement.constantNetwork(design, allocation: [2, 2, 2], payment: [0, 0, 0])
      return try network.outcomes(bids: [[0.5, 0.5, 0.5]]).reduce(0) { $0 + $1.allocation.reduce(0, +) }
    }
    return PaperClaim(
      "T5b", "TBCIM III, softmax, VI", "the auction is of a single item",
      printed: Comparison(
        Figure("mean winners at the optimum", vickrey.winners), .atMost, Figure("softmax", try chances(.softmax))),
      truth: "several win, as in figure 8; a chance to each by itself allows it",
      amendment: .correction(
        Comparison(
          Figure("chances, each by itself", try chances(.sigmoid)), .above, Figure("mean winners", vickrey.winners))))
  }
}
