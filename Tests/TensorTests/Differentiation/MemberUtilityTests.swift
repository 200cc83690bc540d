import Foundation
import Testing

@testable import Tensor

/// The engine's whole way, for what it is made for: a member's utility, its gradient and Hessian, at a point and at many.
@Suite struct MemberUtilityTests {
  @Test func utilityHasItsClosedDerivatives() throws {
    let graph = FormulaGraph()
    let (k, epsilon) = (graph.input("contribution"), graph.input("budget"))
    let (alpha, rest) = (graph.input("value"), graph.input("rest"))
    let (cost, frequency, price) = (graph.input("cost"), graph.input("frequency"), graph.input("price"))
    let share = try k * epsilon / (k * epsilon + rest)
    let utility = try alpha * log(1 + share) - cost * k * k * frequency - price * epsilon
    let variables = [k, epsilon]
    let formulas =
      [utility] + (try utility.gradient(by: variables)) + (try utility.hessian(by: variables).flatMap { $0 })
    let evaluator = Evaluator<Double>(try Program(formulas))

    // U = alpha (ln(2 k e + r) - ln(k e + r)) - c f k^2 - z e, so U_p = alpha (2/(2p + r) - 1/(p + r)) for p = k e.
    func closed(_ k: Double, _ e: Double, _ alpha: Double, _ r: Double, _ c: Double, _ f: Double, _ z: Double)
      -> [Double]
    {
      let p = k * e
      let first = alpha * (2 / (2 * p + r) - 1 / (p + r))
      let second = alpha * (1 / ((p + r) * (p + r)) - 4 / ((2 * p + r) * (2 * p + r)))
      let cross = first + p * second
      return [
        alpha * Foundation.log((2 * p + r) / (p + r)) - c * f * k * k - z * e,
        first * e - 2 * c * f * k, first * k - z,
        second * e * e - 2 * c * f, cross, cross, second * k * k,
      ]
    }
    let contributions = (0..<1000).map { 0.001 * Double($0 + 1) }
    let budgets = contributions.map { 3 - 2 * $0 }
    let parameters = [3, 0.7, 0.2, 1.1, 0.4]
    let columns = try evaluator.evaluate(columns: [contributions, budgets] + parameters.map { [$0] })
    for (index, (k, e)) in zip(contributions, budgets).enumerated() {
      let expected = closed(k, e, 3, 0.7, 0.2, 1.1, 0.4)
      let atPoint = try evaluator.evaluate([k, e] + parameters)
      for entry in expected.indices {
        #expect((columns[entry][index] - expected[entry]).magnitude < 1e-12 * (1 + expected[entry].magnitude))
        #expect((atPoint[entry] - expected[entry]).magnitude < 1e-12 * (1 + expected[entry].magnitude))
      }
    }
  }
}
