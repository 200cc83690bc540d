import Solvers

/// `predict.total_bids`: from what each competitor may bid to what they may bid together.
enum TotalBidsFunction {
  static var function: Function {
    let bids = Parameter.lists("bids", "for each competitor the bids that it may make", unit: "money")
    let probabilities = Parameter.lists("probabilities", "of each of these bids")
    let support = Parameter<Int>.integer(
      "support", "how many totals are told apart; beyond, neighbours are merged", default: 4096,
      domain: .between(2, 1_000_000))
    return Function(
      Signature(
        "predict.total_bids", "The law of what independent competitors bid in all, for game.bayesian_bid.",
        [bids, probabilities, support],
        result: "a result with bids (the totals, ascending), probabilities, expected_bid and most_likely_bid",
        errors: ["EmptyInput", "ShapeMismatch", "NotFinite", "InvalidParameter", "NotStochastic"],
        source: "ours, after PMS-AM 5.1, which adds up the likeliest bids",
        example: """
          predict.total_bids{
            bids = { { 40, 90 }, { 10, 50, 60 } }, probabilities = { { 0.5, 0.5 }, { 0.2, 0.3, 0.5 } },
          }
          """)
    ) { arguments in
      let law = try TotalLaw(
        bids: arguments[bids], probabilities: arguments[probabilities], largestSupport: arguments[support])
      let top = law.probabilities.max() ?? 0
      let likeliest = law.totals[law.probabilities.firstIndex(of: top) ?? 0]
      return .object(
        ResultObject(
          "what \(arguments[bids].count) competitors bid in all",
          fields: [
            "bids": .numbers(law.totals), "probabilities": .numbers(law.probabilities),
            "expected_bid": .number(law.mean), "most_likely_bid": .number(likeliest),
          ],
          tables: [
            TextTable("", [.init("total", .numbers(law.totals)), .init("probability", .numbers(law.probabilities))])
          ], notes: ["expected \(NumberFormat.readable(law.mean))"]))
    }
  }
}
