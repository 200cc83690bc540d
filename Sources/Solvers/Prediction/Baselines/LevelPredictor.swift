/// Says, bid by bid, how probable each level of the next bid is. What it has learned stays; only what it has seen moves
/// on.
protocol LevelPredictor {
  /// The law of the next bid's level.
  var forecast: [Double] { get }
  /// Takes notice of the next bid.
  mutating func observe(_ bid: Double, level: Int)
}

/// What predictors learn from: bids and their levels, oldest first.
struct BidHistory {
  let bids: [Double]
  let levels: [Int]
  let edges: [Double]

  var levelCount: Int { edges.count + 1 }

  init(bids: [Double], edges: [Double]) throws {
    (self.bids, self.edges) = (bids, edges)
    levels = try BidLevels.discretized(bids, edges: edges)
  }

  private init(bids: [Double], levels: [Int], edges: [Double]) {
    (self.bids, self.levels, self.edges) = (bids, levels, edges)
  }

  func prefix(_ count: Int) -> BidHistory {
    BidHistory(bids: Array(bids.prefix(count)), levels: Array(levels.prefix(count)), edges: edges)
  }
}

/// The predictors that can be compared.
public enum PredictorName: String, CaseIterable, Sendable {
  case hiddenMarkov = "hmm"
  case markovChain = "markov_chain"
  case empiricalFrequency = "frequency"
  case lastValue = "last_value"
  case autoregression = "ar1"
  case uniform
}
