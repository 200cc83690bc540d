import Tensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Derivatives by differences that never leave given bounds.
///
/// First derivatives: central differences with step h = eps^(1/3) s, where s = max(|x|, min(1, width of the bounds));
/// where a bound is nearer than h, the three-point formula on one side. Both err by O(h^2). Second derivatives: central
/// differences of exact gradients with the same h, or of values with h = eps^(1/4) s; near a bound their centre is
/// moved inside by h. The exponents balance truncation against rounding (Nocedal and Wright, "Numerical
/// Optimization", 2006, section 8.1).
struct FiniteDifferences: Sendable {
  /// Nil where there are no bounds.
  let lower: [Double]?
  let upper: [Double]?

  static let unbounded = FiniteDifferences(lower: nil, upper: nil)

  private static let firstStep = cbrt(Double.ulpOfOne)
  private static let secondStep = Double.ulpOfOne.squareRoot().squareRoot()

  private func step(_ base: Double, _ variable: Int, at x: Double) -> (size: Double, low: Double, high: Double) {
    guard let lower, let upper else { return (base * max(abs(x), 1), -.infinity, .infinity) }
    let (low, high) = (lower[variable], upper[variable])
    let width = high - low
    // The step is a difference of doubles, so that x + h is exact; a quarter of the width leaves room on one side.
    let wanted = min(base * max(abs(x), min(1, width)), 0.25 * width)
    return ((x + wanted) - x, low, high)
  }

  /// - Parameter at: restored before the call returns normally.
  func slope(of payoff: some PayoffFunction, at point: inout [Double], variable: Int) throws -> Double {
    let x = point[variable]
    let (h, low, high) = step(Self.firstStep, variable, at: x)
    // A fixed variable has no direction to differ in.
    guard h > 0 else { return 0 }
    defer { point[variable] = x }
    func value(_ coordinate: Double) throws -> Double {
      point[variable] = coordinate
      return try payoff.value(at: point)
    }
    if x - h >= low && x + h <= high {
      return try (value(x + h) - value(x - h)) / (2 * h)
    }
    let inward = x - h < low ? h : -h
    return try (-3 * value(x) + 4 * value(x + inward) - value(x + 2 * inward)) / (2 * inward)
  }

  func gradient(
    of payoff: some PayoffFunction, at point: [Double], variables: Range<Int>, into gradient: inout [Double]
  ) throws {
    var moved = point
    for variable in variables { gradient[variable] = try slope(of: payoff, at: &moved, variable: variable) }
  }

  /// The point whose coordinate lies far enough inside for a symmetric difference, and the step.
  private func centred(_ base: Double, _ variable: Int, at x: Double) -> (centre: Double, step: Double) {
    let (h, low, high) = step(base, variable, at: x)
    return (min(max(x, low + h), high - h), h)
  }

  /// The second derivative in one variable from values.
  func curvature(of payoff: some PayoffFunction, at point: inout [Double], variable: Int) throws -> Double {
    let x = point[variable]
    let (centre, h) = centred(Self.secondStep, variable, at: x)
    guard h > 0 else { return 0 }
    defer { point[variable] = x }
    func value(_ coordinate: Double) throws -> Double {
      point[variable] = coordinate
      return try payoff.value(at: point)
    }
    return try (value(centre + h) - 2 * value(centre) + value(centre - h)) / (h * h)
  }

  /// The second derivative in one variable from exact slopes.
  func curvatureFromSlopes(
    at point: inout [Double], variable: Int, slope: ([Double]) throws -> Double
  ) throws -> Double {
    let x = point[variable]
    let (centre, h) = centred(Self.firstStep, variable, at: x)
    guard h > 0 else { return 0 }
    defer { point[variable] = x }
    point[variable] = centre + h
    let ahead = try slope(point)
    point[variable] = centre - h
    return try (ahead - slope(point)) / (2 * h)
  }

  func secondDerivatives(
    of payoff: some PayoffFunction, at point: [Double], rows: Range<Int>, columns: Range<Int>,
    into hessian: inout Matrix
  ) throws {
    if payoff.derivativeSource == .exact {
      try differencesOfGradients(of: payoff, at: point, rows: rows, columns: columns, into: &hessian)
    } else {
      try differencesOfValues(of: payoff, at: point, rows: rows, columns: columns, into: &hessian)
    }
  }

  private func differencesOfGradients(
    of payoff: some PayoffFunction, at point: [Double], rows: Range<Int>, columns: Range<Int>,
    into hessian: inout Matrix
  ) throws {
    var moved = point
    var ahead = [Double](repeating: 0, count: point.count)
    var behind = ahead
    for column in columns {
      let (centre, h) = centred(Self.firstStep, column, at: point[column])
      moved[column] = centre + h
      try payoff.gradient(at: moved, of: rows, into: &ahead)
      moved[column] = centre - h
      try payoff.gradient(at: moved, of: rows, into: &behind)
      moved[column] = point[column]
      for row in rows { hessian[row, column] = h > 0 ? (ahead[row] - behind[row]) / (2 * h) : 0 }
    }
  }

  private func differencesOfValues(
    of payoff: some PayoffFunction, at point: [Double], rows: Range<Int>, columns: Range<Int>,
    into hessian: inout Matrix
  ) throws {
    var moved = point
    for row in rows {
      for column in columns {
        if row == column {
          hessian[row, column] = try curvature(of: payoff, at: &moved, variable: row)
          continue
        }
        // The mixed derivative is symmetric: a block that holds both halves needs only one.
        if column < row, rows.contains(column), columns.contains(row) {
          hessian[row, column] = hessian[column, row]
          continue
        }
        let (first, h) = centred(Self.secondStep, row, at: point[row])
        let (second, k) = centred(Self.secondStep, column, at: point[column])
        func value(_ a: Double, _ b: Double) throws -> Double {
          moved[row] = first + a
          moved[column] = second + b
          return try payoff.value(at: moved)
        }
        hessian[row, column] =
          h > 0 && k > 0
          ? try (value(h, k) - value(h, -k) - value(-h, k) + value(-h, -k)) / (4 * h * k) : 0
        moved[row] = point[row]
        moved[column] = point[column]
      }
    }
  }
}
