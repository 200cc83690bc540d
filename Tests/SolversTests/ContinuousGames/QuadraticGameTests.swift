import Tensor
import Testing

@testable import Solvers

/// Random games with quadratic payoffs whose own curvatures outweigh all cross effects: strongly monotone, so each has
/// exactly one equilibrium (Rosen 1965), whatever the strategy sets, and best responses contract to it.
@Suite struct QuadraticGameTests {
  /// u_i = x_i . (c - M x), with a diagonal above the sum of all other entries of its row and column.
  static func random(_ seed: UInt64, exact: Bool) throws -> ContinuousGame {
    var stream = RandomStream(seed: seed, purpose: "quadratic game")
    let sets = [
      try StrategySet.interval(-1, stream.uniform(0, 2)), try .simplex(count: 3, total: stream.uniform(0.5, 3)),
      try .budget(
        weights: [stream.uniform(0.5, 2), stream.uniform(0.5, 2)], limit: stream.uniform(0.2, 2), lower: [0, -0.1],
        upper: [2, 2]),
    ]
    let count = sets.reduce(0) { $0 + $1.dimension }
    var matrix = Matrix(rows: count, columns: count)
    for row in 0..<count {
      for column in 0..<count { matrix[row, column] = row == column ? 4 : stream.uniform(-0.3, 0.3) }
    }
    let (linear, square) = ((0..<count).map { _ in stream.uniform(-4, 6) }, matrix)
    var first = 0
    return try ContinuousGame(
      players: sets.enumerated().map { index, set in
        let own = first..<first + set.dimension
        first += set.dimension
        let gradient: ClosurePayoff.Gradient = { x, gradient in
          for k in x.indices { gradient[k] = own.reduce(0) { $0 - x[$1] * square[$1, k] } }
          for k in own {
            gradient[k] += linear[k]
            for column in x.indices { gradient[k] -= square[k, column] * x[column] }
          }
        }
        return .init(
          name: "player \(index + 1)", strategies: set,
          payoff: ClosurePayoff(variables: count, gradient: exact ? gradient : nil) { x in
            own.reduce(0) { sum, k in
              var slope = linear[k]
              for column in x.indices { slope -= square[k, column] * x[column] }
              return sum + x[k] * slope
            }
          })
      })
  }

  @Test(arguments: 0..<15 as Range<UInt64>, [true, false])
  func methodsAgreeOnTheOnlyEquilibrium(seed: UInt64, exact: Bool) throws {
    let game = try Self.random(seed, exact: exact)
    let reference = try game.solve(EquilibriumOptions(method: .newton, starts: 3))
    #expect(reference.converged && reference.multistart.agree)
    #expect(reference.maxRegret < 1e-8)
    #expect(try #require(reference.contraction?.spectralRadius) < 1)
    for method in [ContinuousMethod.automatic, .bestResponse(.simultaneous, damping: 1), .extragradient] {
      let found = try game.solve(EquilibriumOptions(method: method, starts: 2))
      #expect(found.converged)
      #expect(game.distance(found.profile, reference.profile) < 1e-5)
    }
  }

  /// The conditions of Karush, Kuhn and Tucker, with the multipliers that come with the result: slope less multiplier
  /// times weight is 0 inside, at most 0 at a lower bound, at least 0 at an upper one; a budget's multiplier is at
  /// least 0, and 0 where money is left.
  @Test(arguments: 0..<15 as Range<UInt64>)
  func multipliersSatisfyTheKKTConditions(seed: UInt64) throws {
    let game = try Self.random(seed, exact: true)
    let found = try game.solve(EquilibriumOptions(method: .newton, starts: 1))
    for (player, range) in game.ranges.enumerated() {
      let gradient = try game.players[player].payoff.gradient(at: found.profile)
      let set = game.players[player].strategies
      for (part, multiplier) in zip(set.parts, found.multipliers[player]) {
        var weights = [Double](repeating: 1, count: part.range.count)
        if case .budget(let prices, let limit) = part.kind {
          weights = prices
          let cost = zip(prices, range).reduce(0) { $0 + $1.0 * found.profile[$1.1] }
          #expect(multiplier >= 0 && (multiplier == 0 || abs(cost - limit) < 1e-9))
        }
        for (weight, coordinate) in zip(weights, part.range) {
          let variable = range.lowerBound + coordinate
          let reduced = gradient[variable] - multiplier * weight
          let (low, high) = (set.lowerBounds[coordinate], set.upperBounds[coordinate])
          if found.profile[variable] > low + 1e-9 { #expect(reduced > -1e-7) }
          if found.profile[variable] < high - 1e-9 { #expect(reduced < 1e-7) }
        }
      }
    }
  }

  /// Whatever players of rough payoffs (steps, cliffs to -infinity, plateaus) do, a result comes back, inside the sets,
  /// with the regret that a search finds there.
  @Test(arguments: 0..<24 as Range<UInt64>)
  func roughPayoffsGiveHonestResults(seed: UInt64) throws {
    var stream = RandomStream(seed: seed, purpose: "rough game")
    let sets = try (0..<2).map { _ -> StrategySet in
      switch stream.integer(below: 5) {
      case 0: try .interval(0, 1)
      case 1: try .simplex(count: 2)
      case 2: try .choice(of: 4)
      case 3: try .product([.choice(of: 2), .interval(-1, 1)])
      default: try .budget(weights: [1, -1], limit: 0.3, lower: [0, 0], upper: [1, 1])
      }
    }
    let count = sets.reduce(0) { $0 + $1.dimension }
    let game = try ContinuousGame(
      players: sets.enumerated().map { player, set in
        let (kind, weights) = (stream.integer(below: 4), (0..<count).map { _ in stream.uniform(-2, 2) })
        return .init(
          name: "player \(player)", strategies: set,
          payoff: ClosurePayoff(variables: count, smooth: kind > 1) { x in
            let sum = zip(x, weights).reduce(0) { $0 + $1.0 * $1.1 }
            return switch kind {
            case 0: (3 * sum).rounded(.down)
            case 1: sum > 0.5 ? -.infinity : sum
            case 2: max(0, sum * sum - 0.2)
            default: -abs(sum - 0.3) * x.reduce(0) { $0 + $1 * $1 }
            }
          })
      })
    for method in [
      ContinuousMethod.automatic, .bestResponse(.simultaneous, damping: 1), .fictitiousPlay(pointsPerAxis: 5),
      .logit(pointsPerAxis: 5, temperature: 0.1),
    ] {
      let found = try game.solve(EquilibriumOptions(method: method, starts: 2, seed: seed, maximumIterations: 60))
      #expect(game.strategies.contains(found.profile))
      #expect(found.converged == (found.regret.maxRelativeRegret <= 1e-6))
      #expect(found.regret == (try game.regret(of: found.profile, seed: seed)))
      #expect(found.converged || !found.advice.isEmpty)
    }
  }
}
