/// The Euclidean projection onto the points of a box with weights . x = limit (a simplex) or <= limit (a budget).
///
/// The projection of y is clip(y - lambda w) with the multiplier lambda at which the constraint holds; its left side is
/// piecewise linear and falls in lambda, with a breakpoint where a coordinate reaches a bound. The breakpoints are
/// sorted, the piece that holds the root is found by halving, and the root on it by interpolation: O(n log n), exact up
/// to rounding. Brucker, "An O(n) algorithm for quadratic knapsack problems", Operations Research Letters 3 (1984);
/// for the simplex Held, Wolfe and Crowder, "Validation of subgradient optimization", Mathematical Programming 6 (1974).
struct KnapsackProjection {
  let set: StrategySet
  let range: Range<Int>
  /// Nil for the weights 1 of a simplex, whose constraint is an equation.
  let weights: [Double]?
  let limit: Double

  private func weight(_ coordinate: Int) -> Double { weights?[coordinate - range.lowerBound] ?? 1 }

  /// - Returns: the multiplier; 0 where a budget does not bind.
  func project(_ profile: inout [Double], _ offset: Int) -> Double {
    if weights != nil && cost(at: 0, profile, offset) <= limit {
      move(&profile, offset, multiplier: 0)
      return 0
    }
    let multiplier = root(profile, offset)
    move(&profile, offset, multiplier: multiplier)
    return multiplier
  }

  private func clipped(_ value: Double, _ coordinate: Int) -> Double {
    min(max(value, set.lowerBounds[coordinate]), set.upperBounds[coordinate])
  }

  private func cost(at multiplier: Double, _ profile: [Double], _ offset: Int) -> Double {
    var cost = 0.0
    for coordinate in range {
      let weight = weight(coordinate)
      cost += weight * clipped(profile[offset + coordinate] - multiplier * weight, coordinate)
    }
    return cost
  }

  private func move(_ profile: inout [Double], _ offset: Int, multiplier: Double) {
    for coordinate in range {
      profile[offset + coordinate] = clipped(
        profile[offset + coordinate] - multiplier * weight(coordinate), coordinate)
    }
  }

  private func root(_ profile: [Double], _ offset: Int) -> Double {
    var breakpoints: [Double] = []
    breakpoints.reserveCapacity(2 * range.count)
    for coordinate in range where weight(coordinate) != 0 {
      breakpoints.append((profile[offset + coordinate] - set.lowerBounds[coordinate]) / weight(coordinate))
      breakpoints.append((profile[offset + coordinate] - set.upperBounds[coordinate]) / weight(coordinate))
    }
    guard !breakpoints.isEmpty else { return 0 }
    breakpoints.sort()
    // The first breakpoint at which the cost is no longer above the limit; beyond the ends the cost is constant.
    var (low, high) = (0, breakpoints.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if cost(at: breakpoints[middle], profile, offset) > limit { low = middle + 1 } else { high = middle }
    }
    guard high > 0 else { return breakpoints[0] }
    let (left, right) = (breakpoints[high - 1], breakpoints[high])
    let (above, below) = (cost(at: left, profile, offset), cost(at: right, profile, offset))
    return above > below && above > limit ? left + (right - left) * min(1, (above - limit) / (above - below)) : right
  }
}
