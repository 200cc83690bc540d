/// A game of two players with each player's payoffs brought to 0...1, which changes no equilibrium and lets one
/// tolerance serve all games.
struct Bimatrix {
  let rows: Int
  let columns: Int
  /// The row player's payoffs, row by row.
  let rowPayoffs: [Double]
  /// The column player's payoffs, column by column: its own strategy selects a stretch, as for the row player.
  let columnPayoffs: [Double]

  /// Below this, of a range of payoffs of 1, a difference is taken for rounding.
  static let tolerance = 1e-9
  /// Below this a pivot is taken for zero.
  static let pivotTolerance = 1e-11

  /// - Throws: `InvalidParameter` when the game has not two players.
  init(_ game: FiniteGame) throws {
    guard game.playerCount == 2 else {
      throw SolverError(
        .invalidParameter, "this method is for games of two players, but the game has \(game.playerCount)",
        hint: "pure equilibria, correlated equilibria, fictitious play, logit and learning work for any number")
    }
    let (rows, columns) = (game.strategyCounts[0], game.strategyCounts[1])
    self.rows = rows
    self.columns = columns
    let scaled = game.scaledUtilities
    // Profiles are numbered with the row fastest, which is column by column.
    rowPayoffs = (0..<rows * columns).map { scaled[0][$0 / columns + $0 % columns * rows] }
    columnPayoffs = scaled[1]
  }

  /// A mixture's payoffs for each strategy of the other player.
  static func responses(_ payoffs: [Double], to strategy: [Double]) -> [Double] {
    let width = strategy.count
    return (0..<payoffs.count / width).map { line in
      var sum = 0.0
      for place in 0..<width { sum += payoffs[line * width + place] * strategy[place] }
      return sum
    }
  }
}

extension FiniteGame {
  /// Every player's payoffs brought to 0...1; 0 where all are equal.
  var scaledUtilities: [[Double]] {
    (0..<playerCount).map { player in
      let (low, high) = payoffRange(of: player)
      let range = high - low
      guard range > 0 else { return [Double](repeating: 0, count: profileCount) }
      return utilities[player].map { ($0 - low) / range }
    }
  }
}
