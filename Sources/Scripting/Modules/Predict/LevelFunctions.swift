import Solvers

/// Bids as levels, and back.
enum LevelFunctions {
  static var all: [Function] { [bidLevels, levelEdges, levelBids] }

  private static let bids = Parameter.numbers("bids", "a history of bids", unit: "money")
  private static let edges = Parameter.numbers(
    "edges", "the lower edges of all levels but the first, ascending", unit: "money")

  private static var bidLevels: Function {
    Function(
      Signature(
        "predict.bid_levels", "The level of each bid: one more than the number of edges at or below it.",
        [bids, edges], result: "a list of levels, from 1", errors: ["EmptyInput", "NotFinite", "InvalidParameter"],
        source: "PMS-AM 5.1", example: "predict.bid_levels{ bids = { 0, 9.99, 10, 35 }, edges = { 10, 20, 30 } }")
    ) { arguments in
      .integers(try BidLevels.discretized(arguments[bids], edges: arguments[edges]).map { $0 + 1 })
    }
  }

  private static var levelEdges: Function {
    let levels = Parameter<Int>.integer(
      "levels", "how many; fewer where many bids are equal", default: 6,
      domain: .between(1, Double(HiddenMarkovModel.largestSymbolCount)))
    let rule = Parameter<EdgeRule>.choice(
      "rule", "levels that hold as many bids each, or that are as wide each", default: .quantile)
    return Function(
      Signature(
        "predict.level_edges", "The edges that cut a history of bids into levels.", [bids, levels, rule],
        result: "a list for predict.bid_levels, one shorter than there are levels",
        errors: ["EmptyInput", "NotFinite", "InvalidParameter"], source: "ours; PMS-AM 5.1 leaves them open",
        example: "predict.level_edges{ bids = { 1, 2, 3, 4, 9 }, levels = 2 }")
    ) { arguments in
      .numbers(try BidLevels.edges(of: arguments[bids], levels: arguments[levels], rule: arguments[rule]))
    }
  }

  private static var levelBids: Function {
    Function(
      Signature(
        "predict.level_bids", "A bid that stands for each level: the mean of the bids on it.", [bids, edges],
        result: "a list, one per level; a level without bids has the middle between its edges",
        errors: ["EmptyInput", "NotFinite", "InvalidParameter"], source: "ours",
        example: "predict.level_bids{ bids = { 4, 6, 11, 35 }, edges = { 10, 20, 30 } }")
    ) { arguments in
      .numbers(try BidLevels.representatives(of: arguments[bids], edges: arguments[edges]))
    }
  }
}
