import Tensor
import Testing

@testable import Solvers

@Suite struct StrategySetTests {
  /// One set of every kind, and a product of them.
  static func sets() throws -> [StrategySet] {
    let box = try StrategySet.box(lower: [-1, 0, 2], upper: [1, 5, 2])
    let whole = try StrategySet.integers(lower: [0, -3.5], upper: [4, 2.2])
    let simplex = try StrategySet.simplex(count: 4, total: 3)
    let budget = try StrategySet.budget(weights: [1, 2, 0.5], limit: 4, lower: [0, 0, 0], upper: [3, 3, 3])
    let mixedSigns = try StrategySet.budget(weights: [1, -1], limit: -0.5, lower: [-1, 0], upper: [1, 2])
    return [box, whole, simplex, budget, mixedSigns, try .product([box, whole, simplex, budget])]
  }

  @Test func everyWayToMakePointsStaysInside() throws {
    for (index, set) in try Self.sets().enumerated() {
      var stream = RandomStream(seed: 3, purpose: "points", client: index)
      #expect(set.contains(set.centre))
      for _ in 0..<200 { #expect(set.violation(of: set.randomPoint(&stream)) <= 1e-12) }
      for point in set.lowDiscrepancyPoints(200, seed: 4) { #expect(set.violation(of: point) <= 1e-12) }
      for point in try set.grid(perAxis: 3) { #expect(set.violation(of: point) <= 1e-12) }
    }
  }

  /// p is the projection of y onto a convex set exactly when (y - p) . (z - p) <= 0 for every z of the set.
  @Test func projectionsSatisfyTheVariationalInequality() throws {
    for (index, set) in try Self.sets().enumerated() where !set.hasIntegers {
      var stream = RandomStream(seed: 5, purpose: "projection", client: index)
      for _ in 0..<300 {
        let far = (0..<set.dimension).map { _ in stream.uniform(-6, 6) }
        let projected = try set.projection(of: far)
        #expect(set.violation(of: projected) <= 1e-12)
        #expect(set.distance(try set.projection(of: projected), projected) <= 1e-12)
        for _ in 0..<20 {
          let other = set.randomPoint(&stream)
          let product = far.indices.reduce(0) {
            $0 + (far[$1] - projected[$1]) * (other[$1] - projected[$1])
          }
          #expect(product <= 1e-10)
        }
      }
    }
  }

  @Test func wholeNumbersProjectToTheNearest() throws {
    let set = try StrategySet.integers(lower: [0, -3.5], upper: [4, 2.2])
    #expect(set.lowerBounds == [0, -3] && set.upperBounds == [4, 2])
    #expect(try set.projection(of: [2.6, -9]) == [3, -3])
    #expect(!set.contains([2.5, 0]) && set.contains([2, 0]))
  }

  /// The lattice of a simplex has (steps + parts - 1 choose parts - 1) points; a box k^d; whole numbers all they have.
  @Test func gridsHaveTheirSizes() throws {
    #expect(try StrategySet.simplex(count: 3).grid(perAxis: 5).count == 15)
    #expect(try StrategySet.box(lower: [0, 0], upper: [1, 2]).grid(perAxis: 7).count == 49)
    #expect(try StrategySet.choice(of: 3).grid(perAxis: 50) == [[0], [1], [2]])
    #expect(throws: SolverError.self) { try StrategySet.simplex(count: 30).grid(perAxis: 30) }
    #expect(throws: SolverError.self) { try StrategySet.interval(0, 1).grid(perAxis: 1) }
  }

  /// Of n points, every one of n/16 equal cells gets its share within a few: far closer than random points do.
  @Test func lowDiscrepancyPointsSpreadEvenly() throws {
    let line = try StrategySet.interval(0, 1)
    var cells = [Int](repeating: 0, count: 16)
    for point in line.lowDiscrepancyPoints(1024, seed: 9) { cells[min(15, Int(point[0] * 16))] += 1 }
    #expect(cells.allSatisfy { (61...67).contains($0) })
    let plane = try StrategySet.box(lower: [0, 0], upper: [1, 1])
    var squares = [Int](repeating: 0, count: 16)
    for point in plane.lowDiscrepancyPoints(1024, seed: 9) {
      squares[min(3, Int(point[0] * 4)) * 4 + min(3, Int(point[1] * 4))] += 1
    }
    #expect(squares.allSatisfy { (54...74).contains($0) })
    #expect(plane.lowDiscrepancyPoints(3, seed: 9) == Array(plane.lowDiscrepancyPoints(5, seed: 9).prefix(3)))
    #expect(plane.lowDiscrepancyPoints(3, seed: 9) != plane.lowDiscrepancyPoints(3, seed: 10))
  }

  @Test func roundingKeepsTheSumAndTheBudget() throws {
    let simplex = try StrategySet.simplex(count: 3, total: 10)
    #expect(try simplex.roundedToIntegers([3.4, 3.3, 3.3]) == [4, 3, 3])
    let budget = try StrategySet.budget(weights: [2, 3], limit: 10, lower: [0, 0], upper: [5, 5])
    var stream = RandomStream(seed: 6, purpose: "rounding")
    for _ in 0..<200 {
      let whole = try budget.roundedToIntegers(budget.randomPoint(&stream))
      #expect(budget.contains(whole) && whole.allSatisfy { $0 == $0.rounded() })
      let shares = try simplex.roundedToIntegers(simplex.randomPoint(&stream))
      #expect(simplex.contains(shares) && shares.allSatisfy { $0 == $0.rounded() })
    }
    #expect(throws: SolverError.self) { try StrategySet.simplex(count: 2, total: 1.5).roundedToIntegers([1, 0.5]) }
    #expect(throws: SolverError.self) { try StrategySet.interval(0.2, 0.8).roundedToIntegers([0.5]) }
  }

  @Test func refusesWhatIsNoSet() {
    func kind(_ make: () throws -> StrategySet) -> SolverErrorKind? {
      do {
        _ = try make()
        return nil
      } catch { return (error as? SolverError)?.reason }
    }
    #expect(kind { try .box(lower: [], upper: []) } == .emptyInput)
    #expect(kind { try .box(lower: [0], upper: [1, 2]) } == .shapeMismatch)
    #expect(kind { try .box(lower: [.nan], upper: [1]) } == .notFinite)
    #expect(kind { try .box(lower: [0], upper: [.infinity]) } == .notFinite)
    #expect(kind { try .box(lower: [2], upper: [1]) } == .invalidParameter)
    #expect(kind { try .box(lower: [-1e308], upper: [1e308]) } == .invalidParameter)
    #expect(kind { try .integers(lower: [0.2], upper: [0.8]) } == .infeasible)
    #expect(kind { try .integers(lower: [0], upper: [1e300]) } == .invalidParameter)
    #expect(kind { try .choice(of: 0) } == .emptyInput)
    #expect(kind { try .simplex(count: 0) } == .emptyInput)
    #expect(kind { try .simplex(count: 2, total: -1) } == .invalidParameter)
    #expect(kind { try .budget(weights: [1], limit: 1, lower: [2], upper: [3]) } == .infeasible)
    #expect(kind { try .budget(weights: [1, 1], limit: 1, lower: [0], upper: [3]) } == .shapeMismatch)
    #expect(kind { try .product([]) } == .emptyInput)
  }
}
