import Tensor

/// Maximisation along one variable: the inner loop of best responses.
///
/// Uphill: Newton's method on the slope within a bracket that every slope's sign shrinks, bisection where the tangent
/// leads out of it or the payoff is not concave (safeguarded Newton: Dennis and Schnabel, "Numerical methods for
/// unconstrained optimization", 1983, section 6.3). Without derivatives, and where the slopes led downhill: Brent's
/// method on values. Over the whole interval: a scan first, then uphill from its best peaks.
struct LineSearch {
  /// Relative to the variable, or to the interval's width where that is larger.
  var tolerance = 1e-10

  /// - Parameter start: a point of the set, whose other coordinates are held.
  func climb(
    _ section: SectionPayoff, along coordinate: Int, over set: StrategySet, from start: [Double]
  ) throws -> Maximum {
    let before = section.evaluations
    var profile = section.profile
    for (index, variable) in section.variables.enumerated() { profile[variable] = start[index] }
    let best = try climb(
      section.whole, at: &profile, variable: section.variables.lowerBound + coordinate,
      between: set.lowerBounds[coordinate], and: set.upperBounds[coordinate])
    return Maximum(
      point: Array(profile[section.variables]), value: best.value,
      evaluations: section.evaluations - before + best.evaluations, converged: true)
  }

  /// Moves one entry of the profile uphill to a local maximum between two bounds.
  ///
  /// The payoff there is never less than at the start.
  @discardableResult
  func climb(
    _ payoff: GuardedPayoff, at profile: inout [Double], variable: Int, between lower: Double, and upper: Double
  ) throws -> (value: Double, evaluations: Int) {
    let start = profile[variable]
    let startValue = try payoff.value(at: profile)
    var evaluations = 1
    if payoff.derivativeSource != .none, startValue > -.infinity,
      let steps = try newton(payoff, at: &profile, variable: variable, lower, upper)
    {
      let value = try payoff.value(at: profile)
      evaluations += 5 * steps + 1
      // Rounding alone may cost the last digits.
      if value >= startValue - 1e-14 * abs(startValue) {
        if payoff.derivativeSource == .exact { return (value, evaluations) }
        evaluations += 5
        let top = try sharpened(payoff, at: &profile, variable: variable, value, lower, upper)
        return (top.value, evaluations + top.evaluations)
      }
      profile[variable] = start
    }
    let found = try brent(payoff, at: &profile, variable: variable, lower, upper)
    evaluations += found.evaluations
    if found.value > startValue { return (found.value, evaluations) }
    profile[variable] = start
    return (startValue, evaluations)
  }

  /// At a kink differences of values smear the slope, and Newton's method stops a step beside it. A kink shows by second
  /// differences that grow as their step shrinks; there the values decide.
  private func sharpened(
    _ payoff: GuardedPayoff, at profile: inout [Double], variable: Int, _ value: Double, _ lower: Double,
    _ upper: Double
  ) throws -> (value: Double, evaluations: Int) {
    let x = profile[variable]
    let step = 1e-4 * max(abs(x), min(1, upper - lower))
    guard x - 4 * step >= lower, x + 4 * step <= upper else { return (value, 0) }
    func difference(_ size: Double) throws -> Double {
      profile[variable] = x + size
      let right = try payoff.value(at: profile)
      profile[variable] = x - size
      return try right - 2 * value + payoff.value(at: profile)
    }
    var moved = false
    defer { if !moved { profile[variable] = x } }
    let (narrow, wide) = (abs(try difference(step)), abs(try difference(4 * step)))
    // A parabola's second difference grows 16-fold with the step, a kink's 4-fold.
    guard narrow > 1e-11 * max(1, abs(value)), 8 * narrow > wide else { return (value, 0) }
    let found = try brent(payoff, at: &profile, variable: variable, x - 4 * step, x + 4 * step)
    moved = found.value > value
    return (max(found.value, value), found.evaluations)
  }

  /// - Returns: how many slopes were taken, or nil where slopes are of no use.
  private func newton(
    _ payoff: GuardedPayoff, at profile: inout [Double], variable: Int, _ lower: Double, _ upper: Double
  ) throws -> Int? {
    var (low, high) = (lower, upper)
    var previous = Double.infinity
    for step in 1...100 {
      let x = profile[variable]
      let (slope, curvature) = try payoff.line(at: &profile, variable: variable)
      guard !slope.isNaN else { return nil }
      if slope == 0 || slope > 0 && x == upper || slope < 0 && x == lower { return step }
      if slope > 0 { low = x } else { high = x }
      let newton = x - slope / curvature
      let next: Double
      if curvature < 0 && newton > low && newton < high {
        next = newton
      } else if slope > 0 {
        // Uphill as far as nobody has looked, else half way.
        next = high == upper ? upper : 0.5 * (low + high)
      } else {
        next = low == lower ? lower : 0.5 * (low + high)
      }
      // A bound that was tried and led back is no longer one to jump to.
      let target = next == x ? 0.5 * (low + high) : next
      profile[variable] = target
      let moved = abs(target - x)
      let scale = max(abs(x), 1e-3 * (upper - lower))
      // Small steps that no longer shrink are the rounding of the slopes.
      if moved <= tolerance * scale || moved <= 1e-6 * scale && moved > 0.5 * previous { return step }
      previous = moved
      if slope > 0 && target == upper || slope < 0 && target == lower {
        let end = try payoff.line(at: &profile, variable: variable).slope
        if target == upper ? end >= 0 : end <= 0 { return step + 1 }
        if target == upper { high = upper.nextDown } else { low = lower.nextUp }
        profile[variable] = 0.5 * (low + high)
      }
    }
    return 100
  }

  /// Golden sections and parabolas on values (Brent, "Algorithms for minimization without derivatives", 1973,
  /// chapter 5), and the two ends.
  private func brent(
    _ payoff: GuardedPayoff, at profile: inout [Double], variable: Int, _ lower: Double, _ upper: Double
  ) throws -> (value: Double, evaluations: Int) {
    var evaluations = 0
    func value(_ x: Double) throws -> Double {
      profile[variable] = x
      evaluations += 1
      // Parabolas through -infinity are none.
      return max(try payoff.value(at: profile), -1e100)
    }
    let golden = 1 - Search.goldenSection
    var (low, high) = (lower, upper)
    var x = low + golden * (high - low)
    var (second, third) = (x, x)
    var best = try value(x)
    var (secondValue, thirdValue) = (best, best)
    var (step, earlier) = (0.0, 0.0)
    for _ in 0..<200 {
      let middle = 0.5 * (low + high)
      let close = 1e-9 * max(abs(x), 1e-3 * (upper - lower))
      if abs(x - middle) <= 2 * close - 0.5 * (high - low) { break }
      var parabolic = false
      if abs(earlier) > close {
        let r = (x - second) * (thirdValue - best)
        var q = (x - third) * (secondValue - best)
        var p = (x - third) * q - (x - second) * r
        q = 2 * (q - r)
        if q > 0 { p = -p }
        q = abs(q)
        let before = earlier
        earlier = step
        if abs(p) < abs(0.5 * q * before) && p > q * (low - x) && p < q * (high - x) {
          step = p / q
          parabolic = true
        }
      }
      if !parabolic {
        earlier = x < middle ? high - x : low - x
        step = golden * earlier
      }
      let trial = abs(step) >= close ? x + step : x + (step >= 0 ? close : -close)
      let found = try value(trial)
      if found >= best {
        if trial < x { high = x } else { low = x }
        (third, thirdValue) = (second, secondValue)
        (second, secondValue) = (x, best)
        (x, best) = (trial, found)
      } else {
        if trial < x { low = trial } else { high = trial }
        if found >= secondValue || second == x {
          (third, thirdValue) = (second, secondValue)
          (second, secondValue) = (trial, found)
        } else if found >= thirdValue || third == x || third == second {
          (third, thirdValue) = (trial, found)
        }
      }
    }
    for end in [lower, upper] {
      let found = try value(end)
      if found > best { (x, best) = (end, found) }
    }
    profile[variable] = x
    return (best, evaluations)
  }

  /// The best point of the whole interval: the peaks of a scan, best first, each climbed within its cell.
  ///
  /// - Parameters:
  ///   - points: how many equally spaced points are tried, both ends among them.
  ///   - peaks: how many peaks are climbed.
  func scan(
    _ section: SectionPayoff, along coordinate: Int, over set: StrategySet, from start: [Double], points: Int,
    peaks: Int, cancellation: Cancellation
  ) throws -> Maximum {
    let before = section.evaluations
    let (lower, upper) = (set.lowerBounds[coordinate], set.upperBounds[coordinate])
    let count = max(3, points)
    let grid = (0..<count).map { index in
      index == count - 1 ? upper : lower + (upper - lower) * Double(index) / Double(count - 1)
    }
    let values = try section.values(along: coordinate, at: grid, from: start, cancellation: cancellation)
    let summits = values.indices.filter { index in
      (index == 0 || values[index] >= values[index - 1]) && (index == count - 1 || values[index] >= values[index + 1])
    }.sorted { values[$0] != values[$1] ? values[$0] > values[$1] : $0 < $1 }
    var best = Maximum(
      point: start, value: try section.value(at: start), evaluations: 0, converged: true)
    var extra = 0
    for summit in summits.prefix(max(1, peaks)) {
      try cancellation.check()
      var profile = section.profile
      for (index, variable) in section.variables.enumerated() { profile[variable] = start[index] }
      let variable = section.variables.lowerBound + coordinate
      profile[variable] = grid[summit]
      let found = try climb(
        section.whole, at: &profile, variable: variable, between: grid[max(0, summit - 1)],
        and: grid[min(count - 1, summit + 1)])
      extra += found.evaluations
      if found.value > best.value {
        best = Maximum(point: Array(profile[section.variables]), value: found.value, evaluations: 0, converged: true)
      }
    }
    return Maximum(
      point: best.point, value: best.value, evaluations: section.evaluations - before + extra, converged: true)
  }
}
