import Testing

@testable import Tensor

/// Derivatives against differences of what they derive.
@Suite struct DerivativeTests {
  private static let cases = FormulaCase.operations + (0..<60).map(FormulaCase.random)

  /// Central differences of order 4 at a step of 1e-3, whose error is some 1e-12 times a fifth derivative; nil where half
  /// the step gives others, for then a kink lies between.
  private func differences(
    _ point: [Double], _ index: Int, _ value: ([Double]) throws -> [Double]
  ) rethrows -> [Double?] {
    func differences(_ step: Double) throws -> [Double] {
      func at(_ factor: Double) throws -> [Double] {
        var moved = point
        moved[index] += factor * step
        return try value(moved)
      }
      let (a, b, c, d) = (try at(-2), try at(-1), try at(1), try at(2))
      return a.indices.map { (a[$0] - 8 * b[$0] + 8 * c[$0] - d[$0]) / (12 * step) }
    }
    return zip(try differences(1e-3), try differences(5e-4)).map { isClose($0, $1, 1e-7) ? $0 : nil }
  }

  private func isClose(_ a: Double, _ b: Double, _ tolerance: Double) -> Bool {
    (a - b).magnitude <= tolerance * (1 + max(a.magnitude, b.magnitude))
  }

  @Test(arguments: cases) func derivativesEqualDifferences(_ formula: FormulaCase) throws {
    let graph = FormulaGraph()
    let x = try graph.input("x", shape: .vector(formula.count))
    let y = try formula.make(x)
    let gradient = try y.gradient(by: [x])[0]
    let hessian = try y.hessian(by: [x])
    let value = Evaluator<Double>(try Program([y]))
    let first = Evaluator<Double>(try Program([gradient]))
    let second = Evaluator<Double>(try Program(hessian.flatMap { $0 }))
    var stream = RandomStream(seed: 11, purpose: formula.name)
    var (compared, skipped) = (0, 0)
    for _ in 0..<8 {
      let point = formula.point(&stream)
      let slopes = try first.evaluate(point)
      let curvature = try second.evaluate(point)
      func compare(_ derivative: Double, _ difference: Double?, _ tolerance: Double, _ entry: [Int]) {
        guard let difference else {
          skipped += 1
          return
        }
        compared += 1
        #expect(isClose(derivative, difference, tolerance), "entry \(entry) at \(point)")
      }
      for index in point.indices {
        compare(slopes[index], try differences(point, index, value.evaluate)[0], 1e-6, [index])
        for (other, bend) in try differences(point, index, first.evaluate).enumerated() {
          compare(curvature[index * point.count + other], bend, 1e-6, [index, other])
        }
      }
    }
    #expect(skipped < compared / 4, "few points may lie at kinks")
  }

  /// Forward mode is the gradient times the direction, and over the gradient the Hessian times it; a gradient of the
  /// gradient's product with the direction is the same by reverse mode twice.
  @Test(arguments: cases) func modesAgree(_ formula: FormulaCase) throws {
    let graph = FormulaGraph()
    let x = try graph.input("x", shape: .vector(formula.count))
    let v = try graph.input("v", shape: .vector(formula.count))
    let y = try formula.make(x)
    let gradient = try y.gradient(by: [x])[0]
    let along = try y.derivative(by: [x], along: [v])
    let slope = try (gradient * v).sum()
    let forward = try y.hessianProduct(by: [x], along: [v])[0]
    let reverse = try slope.gradient(by: [x])[0]
    var stream = RandomStream(seed: 12, purpose: formula.name)
    let point = formula.point(&stream) + (0..<formula.count).map { _ in stream.uniform(-1, 1) }
    let evaluator = Evaluator<Double>(try Program([along, slope, forward, reverse]))
    let values = try evaluator.evaluate(point)
    #expect(isClose(values[0], values[1], 1e-12))
    for index in 0..<formula.count {
      #expect(isClose(values[2 + index], values[2 + formula.count + index], 1e-10))
    }
  }

  @Test func jacobianIsTheSameInBothModes() throws {
    let graph = FormulaGraph()
    let (a, b) = (graph.input("a"), graph.input("b"))
    let results = try [a * b, exp(a) - b, a / b, sin(a * a)]
    // Four results of two variables: forward; each alone: reverse.
    let forward = try Formula.jacobian(of: results, by: [a, b])
    let reverse = try results.map { try Formula.jacobian(of: [$0], by: [a, b])[0] }
    let evaluator = Evaluator<Double>(try Program(forward.flatMap { $0 } + reverse.flatMap { $0 }))
    let values = try evaluator.evaluate([0.7, -1.3])
    for index in 0..<8 { #expect(isClose(values[index], values[8 + index], 1e-14)) }
    let cross = try (a * a * b).crossHessian(rows: [a], columns: [b])
    #expect(try Evaluator<Double>(Program(cross[0])).evaluate([3, 5]) == [6])
  }

  // MARK: Branches that are not taken, and kinks

  private func slope(at point: Double, _ make: (Formula) throws -> Formula) throws -> (first: Double, second: Double) {
    let graph = FormulaGraph()
    let x = graph.input("x")
    let first = try make(x).derivative(by: x)
    let values = try Evaluator<Double>(Program([first, first.derivative(by: x)])).evaluate([point])
    let forward = try Evaluator<Double>(
      Program([make(x).derivative(by: [x], along: [graph.constant(1)])])
    ).evaluate([point])
    #expect(forward[0] == values[0], "forward and reverse mode must agree")
    return (values[0], values[1])
  }

  @Test func branchesNotTakenLeaveNothing() throws {
    #expect(try slope(at: -1) { try `where`($0 .> 0, log($0), 0) } == (0, 0))
    #expect(try slope(at: 2) { try `where`($0 .> 0, log($0), 0) } == (0.5, -0.25))
    #expect(try slope(at: 0) { try `where`($0 .> 0, sqrt($0), $0 * 3) } == (3, 0))
    #expect(try slope(at: 0) { try `where`($0 .!= 0, sin($0) / $0, 1 + $0) } == (1, 0))
    #expect(try slope(at: -4) { try `where`($0 .> 0, exp(sqrt($0) * log($0)), $0 * $0) } == (-8, 2))
    #expect(try slope(at: 800) { try `where`($0 .< 1, exp($0) / exp($0), $0) } == (1, 0))
    #expect(try slope(at: -1) { sqrt(max($0, 0)) } == (0, 0))
    #expect(try slope(at: -1) { max(sqrt($0 + 1), 2) } == (0, 0))
    #expect(try slope(at: 0) { pow(max($0, 0), 0.3).clamped(0.5, 1) } == (0, 0))
  }

  @Test func kinksFollowTheirConventions() throws {
    #expect(try slope(at: 0) { abs($0) }.first == 0)
    #expect(try slope(at: 1) { try max($0, $0 * $0) }.first == 1.5)
    #expect(try slope(at: 1) { try min($0, $0 * $0) }.first == 1.5)
    #expect(try slope(at: 0.5) { $0.clamped(0.5, 1) }.first == 0.5)
    #expect(try slope(at: 2) { floor($0) }.first == 0)
    #expect(try slope(at: 2) { try $0 * ($0 .> 1) }.first == 1)
    let graph = FormulaGraph()
    let x = try graph.input("x", shape: .vector(4))
    let gradient = try x.maximum().gradient(by: [x])
    #expect(try Evaluator<Double>(Program(gradient)).evaluate([3, 1, 3, 3]) == [1.0 / 3, 0, 1.0 / 3, 1.0 / 3])
  }

  @Test func heldPartsAreConstants() throws {
    #expect(try slope(at: 3) { try $0.held * $0 + $0.held } == (3, 0))
  }

  @Test func productsDeriveAtZeros() throws {
    let graph = FormulaGraph()
    let x = try graph.input("x", shape: .vector(5))
    let y = x.product()
    let evaluator = Evaluator<Double>(try Program(y.gradient(by: [x]) + y.hessian(by: [x])[1]))
    #expect(try evaluator.evaluate([2, 0, 3, 5, 7]) == [0, 210, 0, 0, 0] + [105, 0, 70, 42, 30])
    #expect(try evaluator.evaluate([2, 0, 3, 0, 7]) == [0, 0, 0, 0, 0] + [0, 0, 0, 42, 0])
  }

  @Test func powersDeriveAtZero() throws {
    let graph = FormulaGraph()
    let (x, y) = (graph.input("x"), graph.input("y"))
    let gradient = try pow(x, y).gradient(by: [x, y])
    let evaluator = Evaluator<Double>(try Program(gradient))
    #expect(try evaluator.evaluate([0, 1]) == [1, 0])
    #expect(try evaluator.evaluate([0, 2.5]) == [0, 0])
    #expect(try slope(at: 0) { $0.power(3) } == (0, 0))
    #expect(try slope(at: -2) { $0.power(-2) }.first == 0.25)
  }
}
