import Solvers

/// `predict`: what competitors may bid next.
enum PredictModule {
  static var module: Module {
    Module(name: "predict", summary: "bid histories as symbols, for prediction", functions: [bidLevels])
  }

  private static var bidLevels: Function {
    let bids = Parameter.numbers("bids", "a history of bids", unit: "money")
    let edges = Parameter.numbers("edges", "the lower edges of all levels but the first, ascending", unit: "money")
    return Function(
      Signature(
        "predict.bid_levels", "The level of each bid: one more than the number of edges at or below it.",
        [bids, edges], result: "a list of levels, from 1", errors: ["EmptyInput", "NotFinite", "InvalidParameter"],
        source: "PMS-AM 5.1", example: "predict.bid_levels{ bids = { 0, 9.99, 10, 35 }, edges = { 10, 20, 30 } }")
    ) { arguments in
      .integers(try BidLevels.discretized(arguments[bids], edges: arguments[edges]).map { $0 + 1 })
    }
  }
}
