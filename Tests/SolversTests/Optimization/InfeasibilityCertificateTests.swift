import Tensor
import Testing

@testable import Solvers

@Suite struct InfeasibilityCertificateTests {
  /// Random programmes: either a point satisfies the rows, or the certificate refutes them, and never both.
  @Test func eitherAPointOrARefutation() throws {
    var random = RandomStream(seed: 6, purpose: "programmes")
    var (feasible, infeasible) = (0, 0)
    for _ in 0..<300 {
      let variables = Int.random(in: 1...4, using: &random)
      let free = Set((0..<variables).filter { _ in random.uniform() < 0.3 })
      var program = LinearProgram(objective: Array(repeating: 0, count: variables), freeVariables: free)
      for _ in 0..<Int.random(in: 1...5, using: &random) {
        let terms = (0..<variables).map { (variable: $0, factor: random.uniform(-1, 1)) }
        let bound = random.uniform(-1, 1)
        program.addRow(terms, [.equal(bound), .atMost(bound), .atLeast(bound)][Int.random(in: 0...2, using: &random)])
      }
      let point = try program.solve()
      let certificate = try program.infeasibilityCertificate()
      #expect((point == nil) == (certificate != nil))
      guard let certificate else {
        feasible += 1
        continue
      }
      infeasible += 1
      var combination = [Double](repeating: 0, count: variables)
      var contradiction = 0.0
      for (row, weight) in zip(program.rows, certificate.weights) {
        for term in row.terms { combination[term.variable] += weight * term.factor }
        switch row.bound {
        case .equal(let bound): contradiction += weight * bound
        case .atMost(let bound):
          #expect(weight <= 1e-12)
          contradiction += weight * bound
        case .atLeast(let bound):
          #expect(weight >= -1e-12)
          contradiction += weight * bound
        }
      }
      #expect(contradiction > 0 && abs(contradiction - certificate.contradiction) < 1e-12)
      for (variable, factor) in combination.enumerated() {
        #expect(free.contains(variable) ? abs(factor) < 1e-9 : factor < 1e-9)
      }
    }
    #expect(feasible > 20 && infeasible > 20)
  }
}
