import Tensor

extension FiniteGame {
  /// One equilibrium of a game of two players, at the end of the path that begins by dropping a label.
  ///
  /// Ties are broken lexicographically, so that the path ends also in degenerate games.
  ///
  /// - Parameter label: which pure strategy to start from, counted from 0: the row player's, then the column player's.
  /// - Throws: `InvalidParameter` for other than two players or a label that there is not; `Cancelled`.
  ///
  /// Sources: Lemke and Howson, "Equilibrium points of bimatrix games", 1964; von Stengel, "Computing equilibria for
  /// two-person games", 2002, for the lexicographic rule.
  public func lemkeHowson(label: Int, cancellation: Cancellation = .never) throws -> FiniteEquilibrium {
    let game = try Bimatrix(self)
    try demand(
      label >= 0 && label < game.rows + game.columns,
      "the label must be between 1 and \(game.rows + game.columns), the strategies of both players, but is \(label + 1)"
    )
    var path = LemkeHowsonPath(game)
    try path.follow(from: label, cancellation: cancellation)
    return assess(path.profile, iterations: path.pivots)
  }

  /// The equilibria at the ends of the paths from every label, each once. Not necessarily all that there are.
  ///
  /// - Throws: as above.
  public func lemkeHowsonAllLabels(cancellation: Cancellation = .never) throws -> EquilibriumSet {
    let game = try Bimatrix(self)
    var found = EquilibriumSet(equilibria: [], isDegenerate: false, iterations: 0)
    for label in 0..<game.rows + game.columns {
      var path = LemkeHowsonPath(game)
      try path.follow(from: label, cancellation: cancellation)
      found.iterations += path.pivots
      found.isDegenerate = found.isDegenerate || path.metTie
      found.insert(assess(path.profile, iterations: path.pivots))
    }
    return found
  }
}

/// Two tableaus that pivot in turn, each on the label that the other let go of.
private struct LemkeHowsonPath {
  private let rows: Int
  /// Of the row player's mixtures x: B'x + s = 1, with labels 0..<rows for x and the rest for s.
  private var rowTableau: BestResponseTableau
  /// Of the column player's mixtures y: Ay + r = 1, with labels 0..<rows for r and the rest for y.
  private var columnTableau: BestResponseTableau
  private(set) var pivots = 0
  /// Whether a ratio test was a tie, which shows the game degenerate.
  private(set) var metTie = false

  init(_ game: Bimatrix) {
    rows = game.rows
    (rowTableau, columnTableau) = BestResponseTableau.pair(of: game)
  }

  mutating func follow(from label: Int, cancellation: Cancellation) throws {
    var entering = label
    var inRows = label < rows
    repeat {
      if pivots & 0xff == 0 { try cancellation.check() }
      pivots += 1
      entering =
        inRows
        ? rowTableau.pivot(entering: entering, metTie: &metTie)
        : columnTableau.pivot(entering: entering, metTie: &metTie)
      inRows.toggle()
    } while entering != label
  }

  var profile: [[Double]] {
    [Mixture.normalised(rowTableau.mixture), Mixture.normalised(columnTableau.mixture)]
  }
}
