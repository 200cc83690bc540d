import Tensor

/// What TBCIM says, or needs, of the value of sets of servers, of theorem 1, and of what servers report.
enum ProcurementClaims {
  static func all(_ trial: ClaimTrial) throws -> [PaperClaim] {
    [
      try lottery(), try boundedPayments(trial), try boundedSlope(), try forwardSign(trial), try sizes(),
      try distances(), try monotone(trial), try diminishing(trial), try greedy(), try buyerGains(trial),
    ]
  }

  private static func lottery() throws -> PaperClaim {
    let sellers = try DataSellers(sizes: [40_000, 5000], distances: [0.5, 0.5])
    func worth(_ mode: AllocationUtility.Mode) throws -> Double {
      try AllocationUtility(sellers, mode: mode).value([0.5, 0.5]).value
    }
    let values = try sellers.valuesOfSets()
    let expected = Figure("mean of either", (values[1] + values[2]) / 2)
    return PaperClaim(
      "T5c", "TBCIM (1), (28)", "U_d of chances is what they are worth",
      printed: Comparison(Figure("U_d, 40,000 or 5000 samples", try worth(.fractional)), .equal, expected),
      truth: "shares of both overstate a lottery, as U_d is concave",
      amendment: .correction(Comparison(Figure("as a lottery", try worth(.lottery)), .equal, expected)))
  }

  // MARK: Theorem 1

  private static func boundedPayments(_ trial: ClaimTrial) throws -> PaperClaim {
    let selection = try SubsetSelection(TrialProcurement.sellers([40_000, 5000], [0.5, 0.5]))
    func paid(_ reserve: Double?) throws -> Double {
      try selection.vickrey(bids: [0.2, 0.9], reserve: reserve).payments.max() ?? 0
    }
    return PaperClaim(
      "T7a", "TBCIM theorem 1", "without losses, bids up to 1 make payments up to 1",
      printed: Comparison(Figure("VCG pays, bids 0.2, 0.9", try paid(nil)), .atMost, Figure("one", 1)),
      truth: "so it is for buyers; sellers need a reserve",
      amendment: .correction(Comparison(Figure("with a reserve", try paid(1)), .atMost, Figure("one", 1))))
  }

  private static func boundedSlope() throws -> PaperClaim {
    func slope(_ chance: Double, _ mode: AllocationUtility.Mode) throws -> Double {
      try AllocationUtility(TrialProcurement.three(), mode: mode).value([chance, 0, 0]).gradient[0]
    }
    func comparison(_ mode: AllocationUtility.Mode) throws -> Comparison {
      Comparison(
        Figure("slope at z = 1e-100", try slope(1e-100, mode)), .atMost,
        Figure("twice that at 1e-10", 2 * (try slope(1e-10, mode))))
    }
    return PaperClaim(
      "T7b", "TBCIM theorem 1, (15)", "U_d is as smooth as the proof for payments needs",
      printed: try comparison(.fractional), truth: "not of shares of data; of a lottery, or of winners one by one",
      amendment: .correction(try comparison(.multilinear)))
  }

  private static func forwardSign(_ trial: ClaimTrial) throws -> PaperClaim {
    let selection = try SubsetSelection(TrialProcurement.three())
    var stream = trial.stream("signs")
    var (forward, reverse) = (Double.infinity, Double.infinity)
    for costs in TrialProcurement.costs(200, sellers: 3, &stream) {
      let outcome = try selection.vickrey(bids: costs)
      for winner in outcome.winners {
        forward = min(forward, costs[winner] - outcome.payments[winner])
        reverse = min(reverse, outcome.payments[winner] - costs[winner])
      }
    }
    return PaperClaim(
      "T7c", "TBCIM theorem 1, proof", "a bidder is left with <b, g> - p",
      printed: Comparison(Figure("least left by VCG, so counted", forward), .atLeast, Figure("losing", 0)),
      truth: "that is a buyer's; a seller is left with p - <c, g>",
      amendment: .correction(Comparison(Figure("as a seller", reverse), .atLeast, Figure("rounding", -1e-12))))
  }

  // MARK: What is reported

  /// What the first of three servers is paid by VCG at bids of 1/2, by what it says of its data.
  private static func paid(samples: Double, distance: Double) throws -> Double {
    let sellers = try TrialProcurement.sellers([samples, 15_000, 10_000], [distance, 0.5, 0.3])
    return try SubsetSelection(sellers).vickrey(bids: [0.5, 0.5, 0.5]).payments[0]
  }

  private static func sizes() throws -> PaperClaim {
    PaperClaim(
      "T8", "TBCIM III", "servers have nothing to gain by their reports: D_s",
      printed: Comparison(
        Figure("VCG pays for 40,000 samples", try paid(samples: 40_000, distance: 0.8)), .atMost,
        Figure("for 20,000", try paid(samples: 20_000, distance: 0.8))),
      truth: "truthful in the bid alone; numbers of samples must be verified")
  }

  private static func distances() throws -> PaperClaim {
    PaperClaim(
      "T8b", "TBCIM III", "servers have nothing to gain by their reports: theta_s",
      printed: Comparison(
        Figure("VCG pays at an EMD of 0", try paid(samples: 20_000, distance: 0)), .atMost,
        Figure("at the true 0.8", try paid(samples: 20_000, distance: 0.8))),
      truth: "labels must be verified as well, by their histograms on the ledger")
  }

  // MARK: The value of sets

  /// Four servers at random, and what each set of them is worth.
  private static func drawn(_ stream: inout RandomStream) throws -> [Double] {
    try DataSellers(
      sizes: (0..<4).map { _ in stream.uniform(2000, 20_000).rounded() },
      distances: (0..<4).map { _ in stream.uniform(0.1, 1.8) }
    ).valuesOfSets()
  }

  private static func share(
    _ purpose: String, _ trial: ClaimTrial, where fails: ([Double]) -> Bool
  ) throws -> Double {
    var stream = trial.stream(purpose)
    let instances = 1000
    var failing = 0
    for _ in 0..<instances where fails(try drawn(&stream)) { failing += 1 }
    return Double(failing) / Double(instances)
  }

  private static func monotone(_ trial: ClaimTrial) throws -> PaperClaim {
    let failing = try share("monotone values", trial) { values in
      values.indices.contains { set in
        (0..<4).contains { values[set | 1 << $0] < values[set] - 1e-12 }
      }
    }
    return PaperClaim(
      "T10", "TBCIM (28)", "one more server is never worth less",
      printed: Comparison(Figure("share of fours where it is", failing), .atMost, Figure("none", 0)),
      truth: "its EMD raises the mean of all")
  }

  private static func diminishing(_ trial: ClaimTrial) throws -> PaperClaim {
    let failing = try share("diminishing values", trial) { values in
      values.indices.contains { set in
        (0..<4).contains { first in
          (first + 1..<4).contains { second in
            let (one, other) = (set | 1 << first, set | 1 << second)
            guard one != set, other != set else { return false }
            return values[one] + values[other] < values[one | other] + values[set] - 1e-12
          }
        }
      }
    }
    return PaperClaim(
      "T10b", "TBCIM (27), (28)", "a server adds less to more",
      printed: Comparison(Figure("share of fours where it adds more", failing), .atMost, Figure("none", 0)),
      truth: "U_d is concave in samples, but hardly ever submodular in sets")
  }

  private static func greedy() throws -> PaperClaim {
    let sellers = try DataSellers(sizes: [10_392, 9285, 7219, 6953], distances: [1.73, 0.69, 1.35, 0.15])
    let selection = try SubsetSelection(sellers)
    let bids = [0.0228, 0.0432, 0.0241, 0.056]
    let best = Figure("the best set", try selection.optimal(bids: bids).welfare)
    return PaperClaim(
      "T10c", "TBCIM (1)", "servers taken one by one make the best set",
      printed: Comparison(Figure("welfare one by one", try selection.greedy(bids: bids).welfare), .atLeast, best),
      truth: "the first may be worth less than nobody where a pair is worth more",
      figures: [Figure("taken one by one", Double(try selection.greedy(bids: bids).winners.count))])
  }

  private static func buyerGains(_ trial: ClaimTrial) throws -> PaperClaim {
    let selection = try SubsetSelection(TrialProcurement.five())
    let nobody = try selection.sellers.valuesOfSets()[0]
    var stream = trial.stream("costs of five servers")
    let costs = TrialProcurement.costs(1000, sellers: 5, &stream)
    let below = try costs.count { try selection.vickrey(bids: $0).buyerSurplus < nobody - 1e-12 }
    return PaperClaim(
      "T10d", "TBCIM (1)", "the best set, paid for truthfully, leaves the buyer a gain",
      printed: Comparison(
        Figure("share of VCG's below no trade", Double(below) / Double(costs.count)), .atMost, Figure("none", 0)),
      truth: "VCG pays each all it adds: twice what two add only together")
  }
}
