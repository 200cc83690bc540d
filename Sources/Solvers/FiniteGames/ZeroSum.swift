import Tensor

extension FiniteGame {
  /// Whether two players' payoffs add to the same at every profile, within 1e-12 of the largest of them.
  public var isConstantSum: Bool {
    guard playerCount == 2 else { return false }
    let size = utilities.joined().reduce(0) { Swift.max($0, abs($1)) }
    let sums = zip(utilities[0], utilities[1]).map { $0 + $1 }
    return sums.allSatisfy { abs($0 - sums[0]) <= 1e-12 * size }
  }

  /// The maximin strategies of a game of two players with a constant sum: the row player's by linear programme, the
  /// column player's as the prices of its rows.
  ///
  /// - Returns: an equilibrium; the first utility is the value of the game.
  /// - Throws: `InvalidParameter` when the payoffs do not add to a constant or the players are not two; `Cancelled`.
  ///
  /// Source: von Neumann 1928; Dantzig, "A proof of the equivalence of the programming problem and the game problem",
  /// 1951.
  public func zeroSumEquilibrium(cancellation: Cancellation = .never) throws -> FiniteEquilibrium {
    let game = try Bimatrix(self)
    guard isConstantSum else {
      throw SolverError(
        .invalidParameter, "the players' payoffs must add to the same at every profile, but they do not",
        hint: "equilibria{} solves other games of two players")
    }
    // Maximise the value v with each column's payoff at least v.
    var program = LinearProgram(
      objective: Array(repeating: 0, count: game.rows) + [1], freeVariables: [game.rows])
    for column in 0..<game.columns {
      program.addRow(
        (0..<game.rows).map { ($0, game.rowPayoffs[$0 * game.columns + column]) } + [(game.rows, -1)], .atLeast(0))
    }
    program.addRow((0..<game.rows).map { ($0, 1) }, .equal(1))
    guard let solution = try program.solve(cancellation: cancellation) else {
      throw SolverError(.infeasible, "the linear programme of the game has no solution")
    }
    let prices = solution.rowPrices.prefix(game.columns).map { abs($0) }
    return assess(
      [Mixture.normalised(Array(solution.variables.prefix(game.rows))), Mixture.normalised(prices)],
      iterations: solution.pivots)
  }
}

/// Probabilities out of numbers that rounding has touched.
enum Mixture {
  static func uniform(_ count: Int) -> [Double] { Array(repeating: 1 / Double(count), count: count) }

  /// Scaled to add to 1, what is negative or below 1e-12 of the largest taken for 0; uniform where nothing is left.
  static func normalised(_ weights: [Double]) -> [Double] {
    let least = 1e-12 * (weights.max() ?? 0)
    let clipped = weights.map { $0 > least ? $0 : 0 }
    let total = clipped.reduce(0, +)
    return total > 0 ? clipped.map { $0 / total } : uniform(weights.count)
  }
}
