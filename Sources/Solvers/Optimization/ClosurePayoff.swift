/// A payoff function made of closures.
public final class ClosurePayoff: PayoffFunction {
  /// Writes the whole gradient.
  public typealias Gradient = (_ point: [Double], _ gradient: inout [Double]) throws -> Void

  public let variableCount: Int
  public let derivativeSource: DerivativeSource
  private let function: ([Double]) throws -> Double
  private let exactGradient: Gradient?

  /// - Parameters:
  ///   - variables: how many variables the joint profile has.
  ///   - smooth: false for a function with jumps, whose differences mean nothing.
  ///   - gradient: the exact gradient, where there is a formula.
  ///   - function: the value at a joint profile.
  public init(
    variables: Int, smooth: Bool = true, gradient: Gradient? = nil, _ function: @escaping ([Double]) throws -> Double
  ) {
    variableCount = variables
    derivativeSource = !smooth ? .none : gradient == nil ? .differences : .exact
    exactGradient = gradient
    self.function = function
  }

  public func value(at point: [Double]) throws -> Double { try function(point) }

  public func gradient(at point: [Double], of variables: Range<Int>, into gradient: inout [Double]) throws {
    if let exactGradient {
      try exactGradient(point, &gradient)
    } else {
      try FiniteDifferences.unbounded.gradient(of: self, at: point, variables: variables, into: &gradient)
    }
  }
}
