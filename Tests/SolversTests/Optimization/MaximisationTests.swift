import Tensor
import Testing

@testable import Solvers

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct MaximisationTests {
  /// - sum a_k (x_k - c_k)^2.
  private static func bowl(_ centre: [Double], _ steepness: [Double], exact: Bool = false) -> ClosurePayoff {
    let gradient: ClosurePayoff.Gradient = { point, gradient in
      for k in centre.indices { gradient[k] = -2 * steepness[k] * (point[k] - centre[k]) }
    }
    return ClosurePayoff(variables: centre.count, gradient: exact ? gradient : nil) { point in
      centre.indices.reduce(0) { $0 - steepness[$1] * (point[$1] - centre[$1]) * (point[$1] - centre[$1]) }
    }
  }

  /// Over a box the maximum of a separable bowl is the clipped centre.
  @Test(arguments: LocalSearch.Algorithm.allCases, [true, false])
  func bowlsOverBoxes(algorithm: LocalSearch.Algorithm, exact: Bool) throws {
    let set = try StrategySet.box(lower: [0, 0, 0], upper: [1, 1, 1])
    let best = try LocalSearch(algorithm: algorithm).maximise(
      Self.bowl([0.3, 1.4, -2], [1, 5, 0.5], exact: exact), over: set)
    for (found, expected) in zip(best.point, [0.3, 1, 0]) { #expect(abs(found - expected) < 1e-5) }
    #expect(best.evaluations > 1)
  }

  /// Over a simplex or a budget with equal steepness it is the projection of the centre.
  @Test(arguments: [LocalSearch.Algorithm.slsqp, .cobyla])
  func bowlsOverSumsAreProjections(algorithm: LocalSearch.Algorithm) throws {
    let centre = [0.9, 0.6, -0.2]
    let sets = [
      try StrategySet.simplex(count: 3),
      try StrategySet.budget(weights: [1, 2, 1], limit: 1, lower: [0, 0, 0], upper: [1, 1, 1]),
    ]
    for set in sets {
      let best = try LocalSearch(algorithm: algorithm).maximise(Self.bowl(centre, [1, 1, 1]), over: set)
      for (found, expected) in zip(best.point, try set.projection(of: centre)) { #expect(abs(found - expected) < 1e-5) }
      #expect(set.contains(best.point))
    }
    let refusal = #expect(throws: SolverError.self) {
      try LocalSearch(algorithm: .lbfgs).maximise(Self.bowl(centre, [1, 1, 1]), over: sets[0])
    }
    #expect(refusal?.reason == .invalidParameter)
  }

  /// x sin x on [0, 18]: local maxima near every odd multiple of pi/2; the last, at tan x = -x near 14.2, is highest.
  @Test func oneVariableWithManyPeaks() throws {
    let best = try GlobalSearch().maximise(
      ClosurePayoff(variables: 1) { $0[0] * sin($0[0]) }, over: try .interval(0, 18), from: [2])
    #expect(abs(tan(best.point[0]) + best.point[0]) < 1e-6)
    #expect(abs(best.point[0] - 14.2074) < 1e-4)
  }

  /// Maxima at bounds, at kinks and beside jumps.
  @Test func oneVariableWithoutATangent() throws {
    let set = try StrategySet.interval(0, 3)
    func best(_ smooth: Bool, _ function: @escaping (Double) -> Double) throws -> Double {
      try GlobalSearch().maximise(ClosurePayoff(variables: 1, smooth: smooth) { function($0[0]) }, over: set).point[0]
    }
    #expect(try best(true) { $0 } == 3)
    #expect(try best(true) { -$0 } == 0)
    #expect(abs(try best(true) { -abs($0 - 1.2345) } - 1.2345) < 1e-7)
    #expect(abs(try best(false) { $0 < 2.1 ? $0 : 0 } - 2.1) < 1e-4)
    #expect(try best(true) { log($0) } == 3)
  }

  /// The six-hump camel function (Dixon and Szegö 1978): two global minima of value -1.0316.
  @Test(arguments: [0, 1, 2] as [UInt64])
  func camel(seed: UInt64) throws {
    let camel = ClosurePayoff(variables: 2) { p in
      let (x, y) = (p[0] * p[0], p[1] * p[1])
      return -((4 - 2.1 * x + x * x / 3) * x + p[0] * p[1] + (-4 + 4 * y) * y)
    }
    let set = try StrategySet.box(lower: [-3, -2], upper: [3, 2])
    let best = try GlobalSearch(seed: seed).maximise(camel, over: set)
    #expect(abs(best.value - 1.031_628_453) < 1e-8)
    #expect(best == (try GlobalSearch(seed: seed).maximise(camel, over: set)))
  }

  /// Whole numbers one by one and, where there are too many, in turn: both find what trying all finds.
  @Test(arguments: [4096, 0])
  func wholeNumbers(combinations: Int) throws {
    let set = try StrategySet.integers(lower: [0, 0, 0], upper: [9, 9, 9])
    var stream = RandomStream(seed: 8, purpose: "bowls")
    var effort = SearchEffort.standard
    effort.combinations = combinations
    for _ in 0..<20 {
      let centre = (0..<3).map { _ in stream.uniform(-1, 10) }
      let best = try GlobalSearch(effort: effort).maximise(Self.bowl(centre, [1, 2, 3]), over: set)
      #expect(best.point == centre.map { min(max($0.rounded(), 0), 9) })
    }
  }

  /// Whole numbers beside continuous ones: max of -(x - k/2)^2 - (k - 3.3)^2 lies at k = 3, x = 1.5.
  @Test func wholeNumbersBesideContinuousOnes() throws {
    let set = try StrategySet.product([.integers(lower: [0], upper: [10]), .interval(0, 4)])
    let payoff = ClosurePayoff(variables: 2) { p in
      -(p[1] - p[0] / 2) * (p[1] - p[0] / 2) - (p[0] - 3.3) * (p[0] - 3.3)
    }
    let best = try GlobalSearch().maximise(payoff, over: set)
    #expect(best.point[0] == 3 && abs(best.point[1] - 1.5) < 1e-6)
    let many = try StrategySet.integers(lower: [0], upper: [1e9])
    let far = try GlobalSearch().maximise(Self.bowl([123_456_789.4], [1]), over: many)
    #expect(far.point == [123_456_789])
  }

  /// Coordinates without room stay out of the way.
  @Test func fixedCoordinates() throws {
    let set = try StrategySet.box(lower: [1, 0, 2], upper: [1, 3, 2])
    let best = try GlobalSearch().maximise(Self.bowl([0, 2, 0], [1, 1, 1]), over: set)
    #expect(best.point[0] == 1 && best.point[2] == 2 && abs(best.point[1] - 2) < 1e-7)
    let point = try StrategySet.box(lower: [1, 2], upper: [1, 2])
    #expect(try GlobalSearch().maximise(Self.bowl([0, 0], [1, 1]), over: point).point == [1, 2])
    let two = try StrategySet.product([.interval(5, 5), .box(lower: [0, 0], upper: [3, 3])])
    let free = try GlobalSearch().maximise(Self.bowl([0, 2, 1], [1, 1, 1]), over: two)
    #expect(abs(free.point[1] - 2) < 1e-6 && abs(free.point[2] - 1) < 1e-6)
  }

  private struct Refusal: Error, Equatable {}

  /// An error inside NLopt's callback comes out as it is, whatever the algorithm, and leaves nothing behind.
  @Test(arguments: LocalSearch.Algorithm.allCases)
  func errorsCrossTheLibrary(algorithm: LocalSearch.Algorithm) throws {
    let set = try StrategySet.box(lower: [0, 0], upper: [1, 1])
    var calls = 0
    let payoff = ClosurePayoff(variables: 2) { point in
      calls += 1
      if calls == 5 { throw Refusal() }
      return -point[0] * point[0] - point[1]
    }
    for _ in 0..<50 {
      calls = 0
      #expect(throws: Refusal()) { try LocalSearch(algorithm: algorithm).maximise(payoff, over: set) }
      #expect(calls == 5)
    }
    #expect(throws: SolverError.self) {
      try LocalSearch(algorithm: algorithm).maximise(ClosurePayoff(variables: 2) { _ in .nan }, over: set)
    }
    #expect(throws: Cancelled.self) {
      try LocalSearch(algorithm: algorithm).maximise(
        Self.bowl([0, 0], [1, 1]), over: set, cancellation: Cancellation { true })
    }
  }

  /// A search of a million points stops within a few hundred values of being asked to.
  @Test func longScansAreInterrupted() throws {
    nonisolated(unsafe) var calls = 0
    let payoff = ClosurePayoff(variables: 1) { point in
      calls += 1
      return -point[0]
    }
    #expect(throws: Cancelled.self) {
      try GlobalSearch(effort: SearchEffort.thorough.harder(2000)).maximise(
        payoff, over: .interval(0, 1), cancellation: Cancellation { calls >= 1000 })
    }
    #expect(calls >= 1000 && calls < 1600)
  }

  @Test func refusesPayoffsAndStartsOfAnotherShape() throws {
    let set = try StrategySet.interval(0, 1)
    #expect(throws: SolverError.self) { try LocalSearch().maximise(Self.bowl([0, 0], [1, 1]), over: set) }
    #expect(throws: SolverError.self) { try LocalSearch().maximise(Self.bowl([0], [1]), over: set, from: [.nan]) }
    #expect(throws: SolverError.self) { try GlobalSearch().maximise(Self.bowl([0], [1]), over: set, from: [0, 1]) }
  }

  @Test func spectra() {
    let rotation = Matrix(rows: 2, columns: 2, elements: [0, -0.7, 0.7, 0])
    #expect(abs(Eigenvalues.radius(rotation) - 0.7) < 1e-6)
    let triangle = Matrix(rows: 2, columns: 2, elements: [0.5, 100, 0, 0.5])
    #expect(abs(Eigenvalues.radius(triangle) - 0.5) < 1e-4)
    #expect(Eigenvalues.radius(Matrix(rows: 2, columns: 2)) == 0)
    let values = Eigenvalues.symmetric(Matrix(rows: 2, columns: 2, elements: [2, 1, 1, 2])).sorted()
    #expect(abs(values[0] - 1) < 1e-12 && abs(values[1] - 3) < 1e-12)
    #expect(LinearSystem.solve(Matrix(rows: 2, columns: 2, elements: [1, 2, 2, 4]), [1, 1]) == nil)
    #expect(LinearSystem.solve(Matrix(rows: 2, columns: 2, elements: [0, 2, 4, 0]), [6, 8]) == [2, 3])
  }
}
