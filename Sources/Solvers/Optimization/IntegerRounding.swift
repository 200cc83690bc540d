import Tensor

/// Rounds the whole-number coordinates of a relaxed point by what the payoff says.
enum IntegerRounding {
  /// Beyond so many whole-number coordinates the combinations of floors and ceilings are not all tried.
  static let mostCoordinates = 12

  /// The best of all combinations of floors and ceilings (2^k for k coordinates that are not whole yet); the continuous
  /// coordinates stay. With more than `mostCoordinates` of them, one after the other.
  static func best(_ section: SectionPayoff, over set: StrategySet, near point: [Double]) throws -> Maximum {
    let open = set.integerCoordinates.filter { point[$0] != point[$0].rounded() }
    var rounded = point
    for coordinate in open { rounded[coordinate] = clipped(point[coordinate].rounded(), coordinate, set) }
    var best = Maximum(point: rounded, value: try section.value(at: rounded), evaluations: 1, converged: true)
    func offer(_ candidate: [Double]) throws {
      let value = try section.value(at: candidate)
      if value > best.value { best = Maximum(point: candidate, value: value, evaluations: 1, converged: true) }
    }
    if open.count <= mostCoordinates {
      for combination in 0..<(1 << open.count) {
        var candidate = point
        for (bit, coordinate) in open.enumerated() {
          let rule: FloatingPointRoundingRule = combination >> bit & 1 == 0 ? .down : .up
          candidate[coordinate] = clipped(point[coordinate].rounded(rule), coordinate, set)
        }
        try offer(candidate)
      }
    } else {
      for coordinate in open {
        for rule in [FloatingPointRoundingRule.down, .up] {
          var candidate = best.point
          candidate[coordinate] = clipped(point[coordinate].rounded(rule), coordinate, set)
          try offer(candidate)
        }
      }
    }
    return best
  }

  private static func clipped(_ value: Double, _ coordinate: Int, _ set: StrategySet) -> Double {
    min(max(value, set.lowerBounds[coordinate]), set.upperBounds[coordinate])
  }
}
