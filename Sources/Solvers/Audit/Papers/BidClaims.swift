import Tensor

/// What the papers say of a provider's bid against given competitors.
enum BidClaims {
  static func all(_ trial: ClaimTrial) throws -> [PaperClaim] {
    var claims = [try concavity(trial), try bestBid(trial), try hessian(trial)]
    if trial.paper == .pmsam { claims.append(try displacedRoot(trial)) }
    return claims + [try load(trial), try ownBids(trial), try budget(trial)]
  }

  private static func worth(_ bid: Double, _ total: Double, _ load: Double, _ variant: Variant) throws -> Double {
    try BidContest.objective(bids: [bid], competitors: [total], load: [load], value: [1], variant: variant)[0]
  }

  private static func printedBid(_ total: Double, _ load: Double) throws -> Double {
    try BidContest.bestBid(competitors: [total], load: [load], value: [1], formula: .tokenization25)[0]
  }

  private static func concavity(_ trial: ClaimTrial) throws -> PaperClaim {
    let bid = try printedBid(0.5, 0.25)
    func comparison(_ form: CurvatureForm) throws -> Comparison {
      Comparison(
        Figure("u'' at D = 0.5", try BidContest.curvature(bids: [bid], competitors: [0.5], value: [1], form: form)[0]),
        .below, Figure("flat", 0))
    }
    return PaperClaim(
      "A3", trial.source("FL-NFT (13), (20)-(24)", "PMS-AM (16), (24)-(28)"),
      "q w - A q is concave in the bid", printed: try comparison(.paperObjective),
      truth: "it is convex; (v - q) w - A q is concave", amendment: .correction(try comparison(.corrected)))
  }

  private static func bestBid(_ trial: ClaimTrial) throws -> PaperClaim {
    let bid = try printedBid(0.5, 0.25)
    var stream = trial.stream("best bid")
    var largest = 0.0
    for _ in 0..<500 {
      let total = stream.uniform(0.05, 4)
      let load = stream.uniform(0, 1.5)
      let held = try worth(max(0, printedBid(total, load)), total, load, .corrected)
      let found = Search.overInterval(0...1) {
        BidContest.objective(bid: $0, competitors: total, load: load, value: 1, variant: .corrected)
      }
      largest = max(largest, found.value - held)
    }
    return PaperClaim(
      "A3b", trial.source("FL-NFT (25)", "PMS-AM (29), as FL-NFT (25)"),
      "sqrt((D^2 + D) / (1 + A)) - D is the best bid",
      printed: Comparison(
        Figure("u there, D = 0.5, A = 0.25", try worth(bid, 0.5, 0.25, .paper)), .atLeast,
        Figure("at a bid of 5", try worth(5, 0.5, 0.25, .paper))),
      truth: "for (1 - q) w - A q, and 0 where A D > 1",
      amendment: .condition(
        Comparison(Figure("best gain of 500 searches", largest), .atMost, Figure("rounding", 1e-9))),
      figures: [Figure("the bid", bid)])
  }

  private static func hessian(_ trial: ClaimTrial) throws -> PaperClaim {
    let (bid, total, load, step) = (0.4, 0.5, 0.25, 1e-3)
    let difference =
      (try worth(bid + step, total, load, .corrected) - 2 * worth(bid, total, load, .corrected)
        + worth(bid - step, total, load, .corrected)) / (step * step)
    func curvature(_ form: CurvatureForm) throws -> Double {
      try BidContest.curvature(bids: [bid], competitors: [total], value: [1], form: form)[0]
    }
    let measured = Figure("by differences", difference)
    return PaperClaim(
      "A3c", trial.source("FL-NFT (22)", "PMS-AM (26)"), "the Hessian's entries are -(w/q + (D^2 + D)/(q + D)^3)",
      printed: Comparison(Figure("printed u''", try curvature(.printed)), .equal, measured),
      truth: "-2 (D^2 + v D) / (q + D)^3, of (v - q) w - A q; the sign is right",
      amendment: .correction(
        Comparison(
          Figure("its distance from that", abs(try curvature(.corrected) - difference)), .atMost,
          Figure("step^2", 10 * step * step))))
  }

  private static func displacedRoot(_ trial: ClaimTrial) throws -> PaperClaim {
    let best = try printedBid(0.5, 0.25)
    let displaced = try BidContest.bestBid(
      competitors: [0.5], load: [0.25], value: [1], formula: .auction29Quality)[0]
    var stream = trial.stream("displaced root")
    var imaginary = 0
    for _ in 0..<1000 {
      let (total, load) = (stream.uniform(0.05, 4), stream.uniform(0, 3))
      do {
        _ = try BidContest.bestBid(competitors: [total], load: [load], value: [1], formula: .auction29Freshness)
      } catch let error as SolverError where error.reason == .invalidParameter {
        imaginary += 1
      }
    }
    return PaperClaim(
      "A3d", "PMS-AM (29)", "the two printed components are best bids",
      printed: Comparison(
        Figure("u at the printed bid", try worth(displaced, 0.5, 0.25, .corrected)), .atLeast,
        Figure("at that of FL-NFT (25)", try worth(best, 0.5, 0.25, .corrected))),
      truth: "one lacks the root; in the other it swallows -D, and is often imaginary",
      figures: [
        Figure("printed quality bid", displaced), Figure("share of imaginary freshness bids", Double(imaginary) / 1000),
      ])
  }

  private static func load(_ trial: ClaimTrial) throws -> PaperClaim {
    // Ten equal members: a bid to one owes a tenth of the quality.
    let (quality, ratio, total) = (0.87, 0.1, 0.5)
    let best = try BidContest.bestBid(competitors: [total], load: [quality * ratio], value: [1])[0]
    return PaperClaim(
      "A3e", trial.source("FL-NFT (10), (25)", "PMS-AM (13), (29)"), "a bid to a member owes A = Q^lambda",
      printed: Comparison(
        Figure("u at A = Q", try worth(printedBid(total, quality), total, quality * ratio, .corrected)), .atLeast,
        Figure("at A = Q tau", try worth(best, total, quality * ratio, .corrected))),
      truth: "by (10) it owes Q^lambda tau_i; without tau it bids too little",
      figures: [Figure("bid at A = Q", try printedBid(total, quality)), Figure("bid at A = Q tau", best)])
  }

  private static func ownBids(_ trial: ClaimTrial) throws -> PaperClaim {
    func worth(_ bid: Double) throws -> Double {
      try BidContest.winProbability(bids: Matrix(rows: 10, columns: 1, repeating: bid), reading: .own)
        .elements.reduce(0) { $0 + (1 - bid) * $1 - 0.2 * bid }
    }
    // The fixed point of the printed map: D is nine of the ten equal bids.
    var bid = 0.5
    for _ in 0..<200 { bid = try BidContest.bestBid(competitors: [9 * bid], load: [0.2], value: [1])[0] }
    return PaperClaim(
      "A4", trial.source("FL-NFT (26)", "PMS-AM (30)"), "D may sum a provider's own bids to the other members",
      printed: Comparison(
        Figure("value of the fixed point", try worth(bid)), .atLeast, Figure("of half of it", try worth(bid / 2))),
      truth: "then halving all bids pays; D is the competitors' bids to the same member",
      figures: [Figure("the fixed point", bid)])
  }

  private static func budget(_ trial: ClaimTrial) throws -> PaperClaim {
    // Ten members, two coordinates each; the best reply grows with D.
    func largest(_ value: Double) throws -> Double {
      20 * (try BidContest.bestBid(competitors: [1e6 * value], load: [0], value: [value])[0])
    }
    return PaperClaim(
      "A7", "C1 of " + trial.source("FL-NFT (14)", "PMS-AM (17)"), "the budget of 1000 can bind",
      printed: Comparison(Figure("largest best bids, N = 10", try largest(1)), .atLeast, Figure("the budget", 1000)),
      truth: "every best bid is below v/2; with v = B / (2N) bids have its scale",
      amendment: .correction(
        Comparison(Figure("largest, v = 50", try largest(50)), .atMost, Figure("half the budget", 500))))
  }
}
