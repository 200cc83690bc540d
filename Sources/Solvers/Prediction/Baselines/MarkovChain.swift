/// A chain that is seen: the next level depends on the last one alone.
struct MarkovChain: LevelPredictor {
  private let rows: [[Double]]
  private var last: Int

  /// - Parameter smoothing: added to the count of each transition. A level never left before says what all levels do
  ///   together.
  init(_ history: BidHistory, smoothing: Double) {
    let count = history.levelCount
    let overall = EmpiricalFrequency(history, smoothing: smoothing).forecast
    var moves = [[Double]](repeating: Array(repeating: 0, count: count), count: count)
    for (level, next) in zip(history.levels, history.levels.dropFirst()) { moves[level][next] += 1 }
    rows = moves.map { row in
      row.allSatisfy { $0 == 0 } ? overall : StochasticLaw.normalised(row.map { $0 + smoothing }) ?? overall
    }
    last = history.levels.last ?? 0
  }

  var forecast: [Double] { rows[last] }

  mutating func observe(_ bid: Double, level: Int) { last = level }
}
