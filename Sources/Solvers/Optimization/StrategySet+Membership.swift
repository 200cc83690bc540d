extension StrategySet {
  /// How far a point lies outside the set: the largest violation of any constraint, relative to the size of the
  /// constraint's numbers where that is above 1. Zero inside; infinite for a point of another dimension or with NaN.
  public func violation(of point: [Double]) -> Double {
    guard point.count == dimension, point.allSatisfy(\.isFinite) else { return .infinity }
    var worst = 0.0
    for coordinate in point.indices {
      let (low, high) = (lowerBounds[coordinate], upperBounds[coordinate])
      let excess = max(low - point[coordinate], point[coordinate] - high)
      worst = max(worst, excess / max(1, abs(low), abs(high)))
    }
    for part in parts {
      switch part.kind {
      case .box: break
      case .integers:
        for coordinate in part.range { worst = max(worst, abs(point[coordinate] - point[coordinate].rounded())) }
      case .simplex(let total):
        let sum = part.range.reduce(0) { $0 + point[$1] }
        worst = max(worst, abs(sum - total) / max(1, total))
      case .budget(let weights, let limit):
        let cost = Self.cost(of: point, weights: weights, range: part.range)
        worst = max(worst, (cost - limit) / max(1, abs(limit)))
      }
    }
    return worst
  }

  /// Whether a point lies in the set, up to the tolerance that `violation(of:)` is compared with.
  public func contains(_ point: [Double], tolerance: Double = 1e-9) -> Bool { violation(of: point) <= tolerance }

  static func cost(of point: [Double], weights: [Double], range: Range<Int>) -> Double {
    var cost = 0.0
    for (index, coordinate) in range.enumerated() { cost += weights[index] * point[coordinate] }
    return cost
  }
}
