import Tensor

/// A game in normal form: finitely many players, each with finitely many pure strategies, and every player's utility
/// at every profile of pure strategies.
///
/// Profiles are numbered with player 1's strategy moving fastest, then player 2's, and so on: the order of Gambit's
/// files. Payoffs are at most 1e150 in size, so that no sum or difference of them overflows.
public struct FiniteGame: Equatable, Sendable {
  public let title: String
  public let playerNames: [String]
  public let strategyNames: [[String]]
  public let strategyCounts: [Int]
  /// Per player, the utility at every profile.
  public let utilities: [[Double]]
  /// How far apart two profiles stand in which a player's neighbouring strategies differ.
  let strides: [Int]

  public var playerCount: Int { strategyCounts.count }
  public var profileCount: Int { utilities[0].count }

  /// Payoffs (profiles times players) that a game may hold.
  public static let payoffLimit = 20_000_000
  /// The largest payoff in size.
  public static let largestPayoff = 1e150

  /// - Parameters:
  ///   - strategyCounts: how many strategies each player has, at least 1.
  ///   - utilities: per player, one number per profile, player 1's strategy fastest.
  ///   - playerNames: nil for "player 1", "player 2", ...
  ///   - strategyNames: per player; nil for "1", "2", ...
  /// - Throws: `EmptyInput` without players or strategies, `ShapeMismatch`, `NotFinite`, `InvalidParameter` for payoffs
  ///   beyond `largestPayoff`, more payoffs than `payoffLimit`, or a name given twice.
  public init(
    strategyCounts: [Int], utilities: [[Double]], title: String = "", playerNames: [String]? = nil,
    strategyNames: [[String]]? = nil
  ) throws {
    let profiles = try Self.profileCount(of: strategyCounts)
    let players = playerNames ?? (1...strategyCounts.count).map { "player \($0)" }
    let strategies = strategyNames ?? strategyCounts.map { (1...$0).map(String.init) }
    guard utilities.count == strategyCounts.count else {
      throw SolverError(
        .shapeMismatch, "there are \(strategyCounts.count) players, but payoffs of \(utilities.count)")
    }
    for (player, values) in utilities.enumerated() where values.count != profiles {
      throw SolverError(
        .shapeMismatch,
        "player \(player + 1) must have a payoff for each of \(profiles) profiles, but has \(values.count)")
    }
    try Self.checkNames(players, strategies, strategyCounts)
    self.title = title
    self.strategyCounts = strategyCounts
    self.utilities = utilities
    self.playerNames = players
    self.strategyNames = strategies
    strides = Self.strides(of: strategyCounts)
    try checkPayoffs()
  }

  /// A game of two players from their payoff matrices, both with the row player's strategies as rows.
  public init(
    row: Matrix, column: Matrix, title: String = "", playerNames: [String]? = nil, strategyNames: [[String]]? = nil
  ) throws {
    for (matrix, name) in [(row, "row"), (column, "column")] where matrix.elements.isEmpty {
      throw SolverError(.emptyInput, "the \(name) player's payoffs must have at least one row and one column")
    }
    guard row.rows == column.rows, row.columns == column.columns else {
      throw SolverError(
        .shapeMismatch,
        "the row player's payoffs are \(row.rows) x \(row.columns), "
          + "but the column player's are \(column.rows) x \(column.columns)")
    }
    func byProfile(_ matrix: Matrix) -> [Double] { (0..<matrix.columns).flatMap(matrix.column) }
    try self.init(
      strategyCounts: [row.rows, row.columns], utilities: [byProfile(row), byProfile(column)], title: title,
      playerNames: playerNames, strategyNames: strategyNames)
  }

  /// How many profiles there are, before anything is made for them.
  /// - Throws: `EmptyInput` for no players or no strategies, `InvalidParameter` beyond `payoffLimit`.
  public static func profileCount(of strategyCounts: [Int]) throws -> Int {
    guard !strategyCounts.isEmpty else {
      throw SolverError(.emptyInput, "a game must have at least one player, but none was given")
    }
    var payoffs = strategyCounts.count
    for (player, count) in strategyCounts.enumerated() {
      guard count >= 1 else {
        throw SolverError(.emptyInput, "player \(player + 1) must have at least one strategy, but has \(max(count, 0))")
      }
      let (product, overflow) = payoffs.multipliedReportingOverflow(by: count)
      guard !overflow, product <= payoffLimit else {
        throw SolverError(
          .invalidParameter,
          "the game has too many profiles: players times profiles must be at most \(payoffLimit)",
          hint: "profiles are the product of all players' numbers of strategies")
      }
      payoffs = product
    }
    return payoffs / strategyCounts.count
  }

  /// The pure strategies of a profile, counted from 0.
  public func strategies(ofProfile index: Int) -> [Int] {
    zip(strides, strategyCounts).map { index / $0 % $1 }
  }

  /// The number of a profile of pure strategies, counted from 0.
  public func profileIndex(_ strategies: [Int]) -> Int {
    zip(strides, strategies).reduce(0) { $0 + $1.0 * $1.1 }
  }

  static func strides(of counts: [Int]) -> [Int] {
    var strides: [Int] = []
    var next = 1
    for count in counts {
      strides.append(next)
      next *= count
    }
    return strides
  }

  /// The largest and the smallest payoff of a player.
  func payoffRange(of player: Int) -> (low: Double, high: Double) {
    utilities[player].reduce(into: (utilities[player][0], utilities[player][0])) {
      $0 = (Swift.min($0.0, $1), Swift.max($0.1, $1))
    }
  }

  // MARK: Checks

  private func checkPayoffs() throws {
    for (player, values) in utilities.enumerated() {
      guard let index = values.firstIndex(where: { !(abs($0) <= Self.largestPayoff) }) else { continue }
      let place = strategies(ofProfile: index).map { String($0 + 1) }.joined(separator: ", ")
      let finite = values[index].isFinite
      throw SolverError(
        finite ? .invalidParameter : .notFinite,
        "player \(player + 1)'s payoff at the profile (\(place)) must be "
          + (finite ? "at most 1e150 in size" : "a finite number") + ", but is \(values[index])")
    }
  }

  private static func checkNames(_ players: [String], _ strategies: [[String]], _ counts: [Int]) throws {
    guard players.count == counts.count, strategies.count == counts.count else {
      throw SolverError(
        .shapeMismatch,
        "there are \(counts.count) players, but names of \(players.count) and strategies of \(strategies.count)")
    }
    if let twice = players.firstRepeated {
      throw SolverError(.invalidParameter, "two players are called '\(twice)'")
    }
    for (player, names) in strategies.enumerated() {
      guard names.count == counts[player] else {
        throw SolverError(
          .shapeMismatch, "player \(player + 1) has \(counts[player]) strategies, but \(names.count) names for them")
      }
      if let twice = names.firstRepeated {
        throw SolverError(.invalidParameter, "two strategies of player \(player + 1) are called '\(twice)'")
      }
    }
  }
}
