import Tensor

/// A strategy that was struck out, and what is better whatever the others do.
public struct DominatedStrategy: Equatable, Sendable {
  /// Counted from 0, in the whole game.
  public let player: Int
  public let strategy: Int
  /// The round in which it went, from 1.
  public let round: Int
  /// A mixture of the player's strategies that is strictly better against everything then left.
  public let dominatedBy: [Double]
}

/// What iterated elimination leaves.
public struct EliminationReport: Sendable {
  public let eliminated: [DominatedStrategy]
  /// Per player, the strategies that are left, counted from 0 in the whole game.
  public let survivors: [[Int]]
  public let rounds: Int
}

extension FiniteGame {
  /// Strikes out strictly dominated strategies, of all players at once, until none is left. The order does not matter
  /// for what survives.
  ///
  /// - Parameter mixed: whether mixtures count as dominating, each question being a linear programme, or pure
  ///   strategies only.
  /// - Throws: `Cancelled`, `InvalidParameter` when GLPK breaks down.
  ///
  /// Sources: Luce and Raiffa 1957; Pearce, "Rationalizable strategic behavior", 1984 (in games of two players those
  /// left are the rationalizable ones).
  public func iteratedDominance(mixed: Bool = true, cancellation: Cancellation = .never) throws -> EliminationReport {
    var survivors = strategyCounts.map { Array(0..<$0) }
    var eliminated: [DominatedStrategy] = []
    var round = 0
    while true {
      round += 1
      let current = Subgame(of: self, keeping: survivors)
      var gone: [DominatedStrategy] = []
      for player in 0..<playerCount {
        for place in survivors[player].indices where survivors[player].count > 1 {
          try cancellation.check()
          guard
            let better = try current.dominating(place, of: player, mixed: mixed, cancellation: cancellation)
          else { continue }
          var mixture = [Double](repeating: 0, count: strategyCounts[player])
          for (index, strategy) in survivors[player].enumerated() { mixture[strategy] = better[index] }
          gone.append(
            DominatedStrategy(
              player: player, strategy: survivors[player][place], round: round, dominatedBy: mixture))
        }
      }
      guard !gone.isEmpty else {
        return EliminationReport(eliminated: eliminated, survivors: survivors, rounds: round - 1)
      }
      eliminated += gone
      for entry in gone { survivors[entry.player].removeAll { $0 == entry.strategy } }
    }
  }

  /// The game that is left when players keep to some of their strategies.
  ///
  /// - Parameter survivors: per player, at least one strategy, ascending.
  public func restricted(to survivors: [[Int]]) throws -> FiniteGame {
    let places = Subgame(of: self, keeping: survivors).profiles
    return try FiniteGame(
      strategyCounts: survivors.map(\.count), utilities: utilities.map { values in places.map { values[$0] } },
      title: title, playerNames: playerNames,
      strategyNames: zip(strategyNames, survivors).map { names, kept in kept.map { names[$0] } })
  }
}

/// A game with fewer strategies, as a list of the profiles of the whole one.
private struct Subgame {
  private let game: FiniteGame
  private let counts: [Int]
  private let strides: [Int]
  /// The profiles that are left, by their number in the whole game.
  let profiles: [Int]

  init(of game: FiniteGame, keeping survivors: [[Int]]) {
    self.game = game
    counts = survivors.map(\.count)
    strides = FiniteGame.strides(of: counts)
    var profiles = [0]
    for (player, kept) in survivors.enumerated() {
      profiles = kept.flatMap { strategy in profiles.map { $0 + strategy * game.strides[player] } }
    }
    self.profiles = profiles
  }

  /// A mixture that is strictly better than a strategy, over the strategies that are left.
  func dominating(_ place: Int, of player: Int, mixed: Bool, cancellation: Cancellation) throws -> [Double]? {
    let payoffs = game.utilities[player]
    let step = strides[player]
    let range = game.payoffRange(of: player)
    let scale = range.high - range.low
    guard scale > 0 else { return nil }
    // One line of the player's strategies for each profile of the others.
    let lines = profiles.indices.filter { $0 / step % counts[player] == 0 }
    func payoff(_ line: Int, _ strategy: Int) -> Double { payoffs[profiles[line + strategy * step]] }
    let rivals = (0..<counts[player]).filter { $0 != place }
    if let pure = rivals.first(where: { rival in lines.allSatisfy { payoff($0, rival) > payoff($0, place) } }) {
      return (0..<counts[player]).map { $0 == pure ? 1 : 0 }
    }
    guard mixed, rivals.count > 1 else { return nil }
    // The largest margin by which a mixture of the rivals is better everywhere.
    var program = LinearProgram(
      objective: Array(repeating: 0, count: rivals.count) + [1], freeVariables: [rivals.count])
    program.addRow(rivals.indices.map { ($0, 1) }, .equal(1))
    for line in lines {
      let gains = rivals.enumerated().map {
        (variable: $0.offset, factor: (payoff(line, $0.element) - payoff(line, place)) / scale)
      }
      program.addRow(gains + [(rivals.count, -1)], .atLeast(0))
    }
    guard let solution = try program.solve(cancellation: cancellation), solution.value > Bimatrix.tolerance else {
      return nil
    }
    var mixture = [Double](repeating: 0, count: counts[player])
    for (rival, weight) in zip(rivals, Mixture.normalised(Array(solution.variables.prefix(rivals.count)))) {
      mixture[rival] = weight
    }
    return mixture
  }
}
