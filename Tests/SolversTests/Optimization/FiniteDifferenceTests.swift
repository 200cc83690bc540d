import Tensor
import Testing

@testable import Solvers

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct FiniteDifferenceTests {
  private struct Outside: Error {}

  /// f(x, y) = e^x sin y + x^2 y on [0, 1] x [0, 2], refused anywhere else.
  private static func guarded() -> GuardedPayoff {
    let payoff = ClosurePayoff(variables: 2) { p in
      guard (0...1).contains(p[0]), (0...2).contains(p[1]) else { throw Outside() }
      return exp(p[0]) * sin(p[1]) + p[0] * p[0] * p[1]
    }
    return GuardedPayoff(payoff, title: "the payoff", lower: [0, 0], upper: [1, 2])
  }

  /// At every corner, edge and inside: first derivatives to 1e-8, and no value beyond the bounds.
  @Test(arguments: [0, 1e-9, 0.4, 1.0], [0, 0.7, 2.0])
  func differencesStayWithinBounds(x: Double, y: Double) throws {
    let payoff = Self.guarded()
    let slope = try payoff.gradient(at: [x, y])
    let (wave, turned) = (exp(x) * sin(y), exp(x) * cos(y))
    #expect(abs(slope[0] - wave - 2 * x * y) < 1e-8)
    #expect(abs(slope[1] - turned - x * x) < 1e-8)
    var hessian = Matrix(rows: 2, columns: 2)
    try payoff.secondDerivatives(at: [x, y], rows: 0..<2, columns: 0..<2, into: &hessian)
    // Near a bound the centre moves inside by the step, 1.2e-4, times third derivatives up to 6.
    #expect(abs(hessian[0, 0] - wave - 2 * y) < 2e-3)
    #expect(abs(hessian[0, 1] - turned - 2 * x) < 2e-3)
    #expect(abs(hessian[1, 1] + wave) < 2e-3)
    #expect(hessian[0, 1] == hessian[1, 0])
  }

  /// Exact slopes give curvatures to 1e-8 or so, values alone to 1e-6.
  @Test func exactSlopesGiveBetterCurvatures() throws {
    let function: ([Double]) -> Double = { exp($0[0]) }
    let plain = GuardedPayoff(
      ClosurePayoff(variables: 1, function), title: "plain", lower: [-4], upper: [4])
    let exact = GuardedPayoff(
      ClosurePayoff(variables: 1, gradient: { $1[0] = exp($0[0]) }, function), title: "exact", lower: [-4], upper: [4])
    var point = [1.0]
    #expect(abs(try exact.line(at: &point, variable: 0).curvature - exp(1)) < 1e-8)
    #expect(abs(try plain.line(at: &point, variable: 0).curvature - exp(1)) < 1e-5)
    #expect(point == [1.0])
  }

  /// A derivative of 0 times infinity is replaced by a difference; a value that is no number is refused.
  @Test func undefinedDerivativesAreReplacedAndValuesRefused() throws {
    let kinked = GuardedPayoff(
      ClosurePayoff(variables: 1, gradient: { $1[0] = .nan }) { 3 * $0[0] }, title: "the payoff", lower: [0],
      upper: [1])
    #expect(abs(try kinked.gradient(at: [0.5])[0] - 3) < 1e-9)
    let undefined = GuardedPayoff(
      ClosurePayoff(variables: 1) { log($0[0]) }, title: "the payoff of player 'A'", lower: [-1], upper: [1])
    let refusal = #expect(throws: SolverError.self) { try undefined.value(at: [-0.5]) }
    #expect(refusal?.reason == .notFinite)
    #expect(refusal?.message.contains("player 'A'") == true)
    #expect(try undefined.value(at: [0]) == -.infinity)
  }

  /// A payoff with an exact gradient but no Hessian is not asked beyond its bounds either; one with a Hessian gives it.
  @Test func secondDerivativesOfExactPayoffs() throws {
    let bounded = GuardedPayoff(
      ClosurePayoff(
        variables: 1,
        gradient: { point, gradient in
          guard (0...1).contains(point[0]) else { throw Outside() }
          gradient[0] = 3 * point[0] * point[0]
        }
      ) { $0[0] * $0[0] * $0[0] }, title: "the payoff", lower: [0], upper: [1])
    var hessian = Matrix(rows: 1, columns: 1)
    try bounded.secondDerivatives(at: [1], rows: 0..<1, columns: 0..<1, into: &hessian)
    #expect(abs(hessian[0, 0] - 6) < 1e-3)

    final class Known: PayoffFunction {
      let variableCount = 1
      let derivativeSource = DerivativeSource.exact
      let hasExactSecondDerivatives = true
      func value(at point: [Double]) -> Double { 0 }
      func gradient(at point: [Double], of variables: Range<Int>, into gradient: inout [Double]) { gradient[0] = 0 }
      func secondDerivatives(
        at point: [Double], rows: Range<Int>, columns: Range<Int>, into hessian: inout Matrix
      ) { hessian[0, 0] = -17 }
    }
    let known = GuardedPayoff(Known(), title: "the payoff", lower: [0], upper: [1])
    try known.secondDerivatives(at: [0.5], rows: 0..<1, columns: 0..<1, into: &hessian)
    #expect(hessian[0, 0] == -17)
  }

  /// A batch agrees with point after point, through sections too.
  @Test func batchesAgreeWithSinglePoints() throws {
    let payoff = Self.guarded()
    let section = SectionPayoff(of: payoff, variables: 1..<2, at: [0.3, 0])
    let points = [[0.0], [0.5], [2.0]]
    let values = try section.values(at: points, cancellation: .never)
    for (point, value) in zip(points, values) { #expect(try payoff.value(at: [0.3, point[0]]) == value) }
  }
}
