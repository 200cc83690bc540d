import Tensor

@testable import Solvers

/// Games of the literature, and random ones.
enum Games {
  static func bimatrix(_ row: [[Double]], _ column: [[Double]]) throws -> FiniteGame {
    let rows = Matrix(row) ?? Matrix(rows: 0, columns: 0)
    let columns = Matrix(column) ?? Matrix(rows: 0, columns: 0)
    return try FiniteGame(row: rows, column: columns)
  }

  static func zeroSum(_ row: [[Double]]) throws -> FiniteGame { try bimatrix(row, row.map { $0.map { -$0 } }) }

  static func dilemma() throws -> FiniteGame { try bimatrix([[3, 0], [5, 1]], [[3, 5], [0, 1]]) }
  static func sexes() throws -> FiniteGame { try bimatrix([[3, 0], [0, 2]], [[2, 0], [0, 3]]) }
  static func scissors() throws -> FiniteGame { try zeroSum([[0, -1, 1], [1, 0, -1], [-1, 1, 0]]) }
  /// Aumann's game of chicken, 1974.
  static func chicken() throws -> FiniteGame { try bimatrix([[6, 2], [7, 0]], [[6, 7], [2, 0]]) }
  /// Shapley's game, 1964, in which fictitious play runs in a circle.
  static func shapley() throws -> FiniteGame {
    try bimatrix([[0, 0, 1], [1, 0, 0], [0, 1, 0]], [[0, 1, 0], [0, 0, 1], [1, 0, 0]])
  }
  /// Example 3.3 of von Stengel in "Algorithmic game theory", 2007: three equilibria.
  static func vonStengel() throws -> FiniteGame {
    try bimatrix([[3, 3], [2, 5], [0, 6]], [[3, 2], [2, 6], [3, 1]])
  }
  /// The same with a payoff changed, which makes it degenerate: his equation (3.7).
  static func degenerate() throws -> FiniteGame {
    try bimatrix([[3, 3], [2, 5], [0, 6]], [[3, 3], [2, 6], [3, 1]])
  }

  static func random(_ counts: [Int], seed: UInt64, whole: Int? = nil) throws -> FiniteGame {
    var stream = RandomStream(seed: seed, purpose: "random game")
    let profiles = counts.reduce(1, *)
    let utilities = counts.map { _ in
      (0..<profiles).map { _ in whole.map { Double(stream.integer(below: $0)) } ?? stream.uniform(-5, 5) }
    }
    return try FiniteGame(strategyCounts: counts, utilities: utilities)
  }

  static func randomProfile(_ counts: [Int], seed: UInt64) -> [[Double]] {
    var stream = RandomStream(seed: seed, purpose: "random profile")
    return counts.map { stream.dirichlet(count: $0, concentration: 1) }
  }

  /// A player's expected utility by the definition: a sum over all profiles.
  static func expected(_ game: FiniteGame, _ player: Int, _ profile: [[Double]]) -> Double {
    (0..<game.profileCount).reduce(0) { sum, index in
      let weight = zip(profile, game.strategies(ofProfile: index)).reduce(1) { $0 * $1.0[$1.1] }
      return sum + weight * game.utilities[player][index]
    }
  }

  static func isSame(_ left: [[Double]], _ right: [[Double]], within tolerance: Double = 1e-7) -> Bool {
    left.count == right.count
      && zip(left, right).allSatisfy { zip($0, $1).allSatisfy { abs($0 - $1) <= tolerance } && $0.count == $1.count }
  }

  static func isSameSet(_ left: [FiniteEquilibrium], _ right: [FiniteEquilibrium]) -> Bool {
    left.count == right.count
      && left.allSatisfy { one in right.contains { isSame($0.profile, one.profile) } }
  }
}
