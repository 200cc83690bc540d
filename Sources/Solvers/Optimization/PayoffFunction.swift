import Tensor

/// How a payoff function knows its derivatives.
public enum DerivativeSource: String, Sendable {
  /// Exact up to rounding, by formula or automatic differentiation.
  case exact
  /// By differences of values, as `FiniteDifferences` says.
  case differences
  /// The function has jumps or steps: methods that use derivatives keep away from it.
  case none
}

/// A real function of all players' variables: what one of them wants to be large.
///
/// A class, and bound to its caller's thread: it may call back into a scripting language, and may throw; whatever it
/// throws reaches whoever asked for an optimum. Only `variableCount` and `value(at:)` are required; derivatives are by
/// differences and batches by loops unless the implementation knows better.
///
/// Values must not be NaN or +infinity; -infinity stands for "worse than anything".
public protocol PayoffFunction: AnyObject {
  /// How many variables the joint profile has.
  var variableCount: Int { get }

  var derivativeSource: DerivativeSource { get }

  /// Whether `secondDerivatives` is exact. Where it is not, the solvers take differences of their own, which know the
  /// bounds of the strategy sets.
  var hasExactSecondDerivatives: Bool { get }

  /// - Parameter point: a joint profile of `variableCount` entries.
  func value(at point: [Double]) throws -> Double

  /// The values at many points at once.
  ///
  /// - Parameters:
  ///   - points: one row per variable and one column per point, so that a variable's values stand side by side.
  ///   - values: receives one value per column; already of that length.
  func values(atColumns points: Matrix, into values: inout [Double]) throws

  /// The partial derivatives with respect to some of the variables.
  ///
  /// - Parameters:
  ///   - variables: the entries of `gradient` that must be written; the others may be.
  ///   - gradient: `variableCount` entries.
  func gradient(at point: [Double], of variables: Range<Int>, into gradient: inout [Double]) throws

  /// A block of the Hessian.
  ///
  /// - Parameters:
  ///   - rows: the rows of the block that must be written; entries outside the block may be.
  ///   - columns: its columns.
  ///   - hessian: `variableCount` rows and columns.
  func secondDerivatives(at point: [Double], rows: Range<Int>, columns: Range<Int>, into hessian: inout Matrix) throws

  /// The slope and the curvature in one variable, both exact; nil where it is not known how to find them at once.
  ///
  /// Line searches ask for nothing else, so an implementation that shares work between the two is worth having.
  func line(at point: [Double], variable: Int) throws -> (slope: Double, curvature: Double)?
}

extension PayoffFunction {
  public var derivativeSource: DerivativeSource { .differences }

  public var hasExactSecondDerivatives: Bool { false }

  public func line(at point: [Double], variable: Int) throws -> (slope: Double, curvature: Double)? { nil }

  public func values(atColumns points: Matrix, into values: inout [Double]) throws {
    var point = [Double](repeating: 0, count: points.rows)
    let (elements, count) = (points.elements, points.columns)
    for column in 0..<count {
      for variable in point.indices { point[variable] = elements[variable * count + column] }
      values[column] = try value(at: point)
    }
  }

  public func gradient(at point: [Double], of variables: Range<Int>, into gradient: inout [Double]) throws {
    try FiniteDifferences.unbounded.gradient(of: self, at: point, variables: variables, into: &gradient)
  }

  public func secondDerivatives(
    at point: [Double], rows: Range<Int>, columns: Range<Int>, into hessian: inout Matrix
  ) throws {
    try FiniteDifferences.unbounded.secondDerivatives(of: self, at: point, rows: rows, columns: columns, into: &hessian)
  }

  /// The whole gradient.
  public func gradient(at point: [Double]) throws -> [Double] {
    var gradient = [Double](repeating: 0, count: variableCount)
    try self.gradient(at: point, of: 0..<variableCount, into: &gradient)
    return gradient
  }
}
