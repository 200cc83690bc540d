import Tensor

@testable import Solvers

/// Games whose equilibria are known in closed form.
enum ClassicGames {
  typealias Player = ContinuousGame.Player

  /// n firms with linear demand p = a - b Q and unit costs c_i. Equal costs: q = (a - c) / (b (n + 1)).
  static func cournot(
    a: Double = 100, b: Double = 2, costs: [Double], capacity: Double = 100, exact: Bool = false
  ) throws -> ContinuousGame {
    try ContinuousGame(
      players: costs.enumerated().map { firm, cost in
        let gradient: ClosurePayoff.Gradient = { q, gradient in
          let total = q.reduce(0, +)
          for other in q.indices { gradient[other] = -b * q[firm] }
          gradient[firm] += a - b * total - cost
        }
        return Player(
          name: "firm \(firm + 1)", strategies: try .interval(0, capacity),
          payoff: ClosurePayoff(variables: costs.count, gradient: exact ? gradient : nil) { q in
            var total = 0.0
            for quantity in q { total += quantity }
            return (a - b * total - cost) * q[firm]
          })
      })
  }

  /// Two firms with demand a - p_i + d p_j: p = (a + c) / (2 - d).
  static func bertrand(a: Double, d: Double, cost: Double) throws -> ContinuousGame {
    try ContinuousGame(
      players: (0..<2).map { firm in
        Player(
          name: "firm \(firm + 1)", strategies: try .interval(0, 100),
          payoff: ClosurePayoff(variables: 2) { p in (p[firm] - cost) * (a - p[firm] + d * p[1 - firm]) })
      })
  }

  /// Efforts x_i at unit costs c_i for a prize of 1, won with probability x_i / X; nobody's effort shares it. Where all
  /// take part X = (n - 1) / sum c and x_i = X (1 - c_i X).
  static func tullock(costs: [Double]) throws -> ContinuousGame {
    let count = costs.count
    return try ContinuousGame(
      players: costs.enumerated().map { player, cost in
        Player(
          name: "contestant \(player + 1)", strategies: try .interval(0, 1 / cost),
          payoff: ClosurePayoff(variables: count) { x in
            var total = 0.0
            for effort in x { total += effort }
            return (total > 0 ? x[player] / total : 1 / Double(count)) - cost * x[player]
          })
      })
  }

  /// Fields of values v are won with probability x_k / (x_k + y_k); both spread budgets by value (Friedman 1958).
  static func blotto(values: [Double], budgets: [Double], asSimplex: Bool) throws -> ContinuousGame {
    let count = values.count
    return try ContinuousGame(
      players: (0..<2).map { player in
        let set: StrategySet =
          asSimplex
          ? try .simplex(count: count, total: budgets[player])
          : try .budget(
            weights: [Double](repeating: 1, count: count), limit: budgets[player],
            lower: [Double](repeating: 0, count: count), upper: [Double](repeating: budgets[player], count: count))
        return Player(
          name: "side \(player + 1)", strategies: set,
          payoff: ClosurePayoff(variables: 2 * count) { x in
            var sum = 0.0
            for k in 0..<count {
              let (own, other) = (x[player * count + k], x[(1 - player) * count + k])
              sum += values[k] * (own + other > 0 ? own / (own + other) : 0.5)
            }
            return sum
          })
      })
  }

  /// Two players on [0, 1] with the given payoffs of (x, y).
  static func square(
    smooth: Bool = true, _ first: @escaping (Double, Double) -> Double, _ second: @escaping (Double, Double) -> Double
  ) throws -> ContinuousGame {
    try ContinuousGame(players: [
      Player(
        name: "row", strategies: try .interval(0, 1),
        payoff: ClosurePayoff(variables: 2, smooth: smooth) { first($0[0], $0[1]) }),
      Player(
        name: "column", strategies: try .interval(0, 1),
        payoff: ClosurePayoff(variables: 2, smooth: smooth) { second($0[0], $0[1]) }),
    ])
  }

  /// Matching pennies between mixed strategies: bilinear, with its only equilibrium at (1/2, 1/2).
  static func pennies() throws -> ContinuousGame {
    try square({ (2 * $0 - 1) * (2 * $1 - 1) }, { -(2 * $0 - 1) * (2 * $1 - 1) })
  }
}
