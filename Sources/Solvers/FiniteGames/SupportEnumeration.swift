import Tensor

extension FiniteGame {
  /// All equilibria of a game of two players that is not degenerate: for each pair of supports of one size, the
  /// mixtures that make the other player indifferent, kept when nothing outside does better.
  ///
  /// Supports that hold a strategy dominated conditionally on the other support are passed over, which leaves out no
  /// equilibrium. Differences below 1e-9 of a player's range of payoffs count as none. In a degenerate game some
  /// equilibria have supports of different sizes or lie on continua: the result says that the game is degenerate where
  /// an equilibrium shows it, and holds those equilibria that were met.
  ///
  /// - Throws: `InvalidParameter` for other than two players or more than 24 strategies of one; `Cancelled`.
  ///
  /// Sources: Dickhaut and Kaplan, "A program for finding Nash equilibria", 1991; Porter, Nudelman and Shoham, "Simple
  /// search methods for finding a Nash equilibrium", AAAI 2004, for the pruning.
  public func supportEnumeration(cancellation: Cancellation = .never) throws -> EquilibriumSet {
    let bimatrix = try Bimatrix(self)
    let most = Swift.max(bimatrix.rows, bimatrix.columns)
    guard most <= 24 else {
      throw SolverError(
        .invalidParameter, "supports are enumerated for at most 24 strategies, but a player has \(most)",
        hint: "Lemke-Howson finds equilibria of larger games")
    }
    var search = SupportSearch(bimatrix, cancellation: cancellation)
    try search.run()
    var found = EquilibriumSet(equilibria: [], isDegenerate: search.isDegenerate, iterations: search.pairs)
    for profile in search.profiles { found.insert(assess(profile, iterations: search.pairs)) }
    if found.equilibria.isEmpty {
      // Every game has an equilibrium; one without any at supports of one size is degenerate.
      found.isDegenerate = true
      found.insert(try lemkeHowson(label: 0, cancellation: cancellation))
    }
    return found
  }
}

/// The walk over pairs of supports of one size.
private struct SupportSearch {
  private let game: Bimatrix
  private let cancellation: Cancellation
  private let rowDominance: ConditionalDominance
  private let columnDominance: ConditionalDominance
  private var rowMixture: IndifferentMixture
  private var columnMixture: IndifferentMixture
  private(set) var profiles: [[[Double]]] = []
  private(set) var isDegenerate = false
  private(set) var pairs = 0

  init(_ game: Bimatrix, cancellation: Cancellation) {
    self.game = game
    self.cancellation = cancellation
    rowDominance = ConditionalDominance(game.rowPayoffs, own: game.rows, others: game.columns)
    columnDominance = ConditionalDominance(game.columnPayoffs, own: game.columns, others: game.rows)
    columnMixture = IndifferentMixture(payoffs: game.rowPayoffs, own: game.rows, others: game.columns)
    rowMixture = IndifferentMixture(payoffs: game.columnPayoffs, own: game.columns, others: game.rows)
  }

  mutating func run() throws {
    for size in 1...min(game.rows, game.columns) {
      for rows in Supports(size: size, of: game.rows) {
        try cancellation.check()
        let columns = columnDominance.undominated(given: rows)
        guard columns.nonzeroBitCount >= size, !rowDominance.holdsDominated(rows, given: columns) else { continue }
        try chooseColumns(rows: rows, chosen: 0, candidates: columns, missing: size)
      }
    }
  }

  /// Adds columns to a support as long as no row of the other support is dominated whatever comes.
  private mutating func chooseColumns(rows: UInt32, chosen: UInt32, candidates: UInt32, missing: Int) throws {
    guard missing > 0 else { return try visit(rows: rows, columns: chosen) }
    var left = candidates
    while left.nonzeroBitCount >= missing {
      let column = left & (0 &- left)
      left &= left &- 1
      // Columns that are left out for good may leave a row dominated.
      let reachable = missing == 1 ? chosen | column : chosen | column | left
      if rowDominance.holdsDominated(rows, given: reachable) { continue }
      try chooseColumns(rows: rows, chosen: chosen | column, candidates: left, missing: missing - 1)
    }
  }

  private mutating func visit(rows: UInt32, columns: UInt32) throws {
    pairs += 1
    if pairs & 0xfff == 0 { try cancellation.check() }
    let byColumns = columnMixture.solve(indifferent: rows, support: columns)
    if byColumns == .none { return }
    let byRows = rowMixture.solve(indifferent: columns, support: rows)
    if byRows == .none { return }
    if byColumns == .unsure || byRows == .unsure {
      // A proof of degeneracy costs two linear programmes, and one proof is enough.
      if !isDegenerate,
        try columnMixture.exists(indifferent: rows, support: columns, cancellation: cancellation),
        try rowMixture.exists(indifferent: columns, support: rows, cancellation: cancellation)
      {
        isDegenerate = true
      }
      return
    }
    if byColumns == .borderline || byRows == .borderline { isDegenerate = true }
    profiles.append([rowMixture.mixture, columnMixture.mixture])
  }
}
