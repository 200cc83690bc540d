/// Maximisation by trying, for checks that must not share a formula with what they check.
enum Search {
  /// The best whole number: all of them where there are few, else a grid that closes in on its best cell, which is
  /// exact for concave functions.
  static func overWhole(_ range: ClosedRange<Int>, _ function: (Int) -> Double) -> (point: Int, value: Double) {
    var low = range.lowerBound
    var high = range.upperBound
    while high - low > 1024 {
      let step = (high - low) / 256
      let grid = stride(from: low, through: high, by: step)
      let best = grid.max { function($0) < function($1) } ?? low
      low = max(low, best - step)
      high = min(high, best + step)
    }
    var best = (point: low, value: function(low))
    for point in low...high {
      let value = function(point)
      if value > best.value { best = (point, value) }
    }
    return best
  }

  /// The best real number: a grid of 257 points with both ends, then golden sections around its best point.
  static func overInterval(
    _ range: ClosedRange<Double>, _ function: (Double) -> Double
  ) -> (point: Double, value: Double) {
    let step = (range.upperBound - range.lowerBound) / 256
    var best = (point: range.lowerBound, value: function(range.lowerBound))
    func offer(_ point: Double) {
      let value = function(point)
      if value > best.value { best = (point, value) }
    }
    for index in 1..<256 { offer(range.lowerBound + Double(index) * step) }
    offer(range.upperBound)
    var low = max(range.lowerBound, best.point - step)
    var high = min(range.upperBound, best.point + step)
    for _ in 0..<60 {
      let left = high - goldenSection * (high - low)
      let right = low + goldenSection * (high - low)
      if function(left) < function(right) { low = left } else { high = right }
    }
    offer(0.5 * (low + high))
    return best
  }

  /// (sqrt(5) - 1) / 2.
  static let goldenSection = 0.618_033_988_749_894_8
}
