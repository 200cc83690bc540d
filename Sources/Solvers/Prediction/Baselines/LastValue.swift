/// The next bid is on the level of the last one, as often as that has been so; else it is on any other level.
struct LastValue: LevelPredictor {
  private let levelCount: Int
  private let persistence: Double
  private var last: Int

  /// - Parameter smoothing: added to the counts, once for each level.
  init(_ history: BidHistory, smoothing: Double) {
    let levels = history.levels
    let stays = zip(levels, levels.dropFirst()).count { $0 == $1 }
    levelCount = history.levelCount
    let moves = Double(max(levels.count - 1, 0)) + smoothing * Double(levelCount)
    persistence = levelCount == 1 ? 1 : moves > 0 ? (Double(stays) + smoothing) / moves : 1 / Double(levelCount)
    last = levels.last ?? 0
  }

  var forecast: [Double] {
    let other = levelCount > 1 ? (1 - persistence) / Double(levelCount - 1) : 0
    return (0..<levelCount).map { $0 == last ? persistence : other }
  }

  mutating func observe(_ bid: Double, level: Int) { last = level }
}
