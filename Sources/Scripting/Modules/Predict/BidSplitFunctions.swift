import Solvers

/// `predict.split_total` and `predict.cold_start`: from predicted totals to bids, and what to do before there are any.
enum BidSplitFunctions {
  static var all: [Function] { [split, coldStart] }

  private static var split: Function {
    let total = Parameter<Double>.number("total", "what the competitor may bid in all, at least 0", unit: "money")
    let last = Parameter.matrix(
      "last_bids", "what it bid last: a row per member, a column each for quality and freshness", unit: "money")
    return Function(
      Signature(
        "predict.split_total", "Divides a competitor's total among members and goods as it divided its last one.",
        [total, last], result: "a list of rows like last_bids, which add to the total",
        errors: ["EmptyInput", "NotFinite", "InvalidParameter", "UndefinedRatio"],
        source: "ours, after PMS-AM 5.1, which predicts totals",
        example: "predict.split_total{ total = 90, last_bids = { { 10, 20 }, { 5, 25 } } }")
    ) { arguments in
      .matrix(try BidSplit.divided(total: arguments[total], lastBids: arguments[last]))
    }
  }

  private static var coldStart: Function {
    let providers = Parameter<Double>.number("providers", "M: how many, oneself among them, at least 2")
    let load = Parameter<Double>.number("load", "A, at least 0")
    let value = Parameter<Double>.number("value", "v, above 0", unit: "money", default: 1)
    return Function(
      Signature(
        "predict.cold_start",
        "What all competitors bid together if everybody is alike: for the first ten rounds or so.",
        [providers, load, value], result: "a number, D", errors: ["NotFinite", "InvalidParameter", "NoCompetition"],
        source: "ours, from the corrected Theorem 2 of both papers",
        example: "predict.cold_start{ providers = 5, load = 0.5, value = 50 }")
    ) { arguments in
      .number(
        try BidSplit.withoutHistory(
          providers: arguments[providers], load: arguments[load], value: arguments[value]))
    }
  }
}
