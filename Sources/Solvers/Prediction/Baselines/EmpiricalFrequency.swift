/// Every level as often as it has been seen, whatever came last.
struct EmpiricalFrequency: LevelPredictor {
  let forecast: [Double]

  /// - Parameter smoothing: added to each level's count.
  init(_ history: BidHistory, smoothing: Double) {
    var counts = [Double](repeating: smoothing, count: history.levelCount)
    for level in history.levels { counts[level] += 1 }
    forecast = StochasticLaw.normalised(counts) ?? counts
  }

  /// Every level as probable as any other: what knowing nothing is worth.
  init(uniform levels: Int) { forecast = Array(repeating: 1 / Double(levels), count: levels) }

  mutating func observe(_ bid: Double, level: Int) {}
}
