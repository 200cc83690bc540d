import Tensor

/// A payoff function as the solvers see it: never NaN, and never asked for a value outside its bounds.
///
/// Derivatives by differences respect the bounds; an exact derivative that comes out as NaN (0 times infinity at a
/// kink, say) is replaced by the difference.
final class GuardedPayoff: PayoffFunction {
  let original: any PayoffFunction
  let variableCount: Int
  let derivativeSource: DerivativeSource
  /// Whose payoff it is, for errors: "the payoff of player 'A'".
  let title: String
  let differences: FiniteDifferences

  init(_ original: any PayoffFunction, title: String, lower: [Double], upper: [Double]) {
    self.original = original
    self.title = title
    variableCount = original.variableCount
    derivativeSource = original.derivativeSource
    differences = FiniteDifferences(lower: lower, upper: upper)
  }

  func value(at point: [Double]) throws -> Double {
    let value = try original.value(at: point)
    // Neither NaN nor +infinity is below +infinity.
    guard value < .infinity else { throw refusal(of: value, at: point) }
    return value
  }

  func values(atColumns points: Matrix, into values: inout [Double]) throws {
    try original.values(atColumns: points, into: &values)
    if let column = values.firstIndex(where: { !($0 < .infinity) }) {
      throw refusal(of: values[column], at: points.column(column))
    }
  }

  func gradient(at point: [Double], of variables: Range<Int>, into gradient: inout [Double]) throws {
    guard derivativeSource == .exact else {
      return try differences.gradient(of: self, at: point, variables: variables, into: &gradient)
    }
    try original.gradient(at: point, of: variables, into: &gradient)
    for variable in variables where gradient[variable].isNaN {
      var moved = point
      gradient[variable] = try differences.slope(of: self, at: &moved, variable: variable)
    }
  }

  func secondDerivatives(
    at point: [Double], rows: Range<Int>, columns: Range<Int>, into hessian: inout Matrix
  ) throws {
    guard original.hasExactSecondDerivatives else {
      return try differences.secondDerivatives(of: self, at: point, rows: rows, columns: columns, into: &hessian)
    }
    try original.secondDerivatives(at: point, rows: rows, columns: columns, into: &hessian)
    let undefined = rows.contains { row in columns.contains { hessian[row, $0].isNaN } }
    if undefined {
      try differences.secondDerivatives(of: self, at: point, rows: rows, columns: columns, into: &hessian)
    }
  }

  func line(at point: [Double], variable: Int) throws -> (slope: Double, curvature: Double)? {
    guard let line = try original.line(at: point, variable: variable), !line.slope.isNaN, !line.curvature.isNaN else {
      return nil
    }
    return line
  }

  /// The slope and the curvature in one variable; where the payoff does not know both, the curvature by differences of
  /// slopes if these are exact, which costs two gradients and no matrix.
  func line(at point: inout [Double], variable: Int) throws -> (slope: Double, curvature: Double) {
    if let line = try self.line(at: point, variable: variable) { return line }
    guard derivativeSource == .exact else {
      return try (
        differences.slope(of: self, at: &point, variable: variable),
        differences.curvature(of: self, at: &point, variable: variable)
      )
    }
    if ahead.isEmpty { ahead = [Double](repeating: 0, count: variableCount) }
    try gradient(at: point, of: variable..<variable + 1, into: &ahead)
    let slope = ahead[variable]
    let curvature = try differences.curvatureFromSlopes(at: &point, variable: variable) { point in
      try gradient(at: point, of: variable..<variable + 1, into: &ahead)
      return ahead[variable]
    }
    return (slope, curvature)
  }

  private var ahead: [Double] = []

  private func refusal(of value: Double, at point: [Double]) -> SolverError {
    let shown = point.prefix(8).map { "\($0)" }.joined(separator: ", ") + (point.count > 8 ? ", ..." : "")
    return SolverError(
      .notFinite, "\(title) is \(value.isNaN ? "not a number" : "infinite") at (\(shown))",
      hint: "a payoff must be a number wherever the strategy sets allow; shrink the sets or define the value there")
  }
}
