import Tensor

/// Learners that played a finite game.
public struct GameLearning: Sendable {
  public let report: LearningReport
  /// How often each profile was played, by its number.
  public let jointFrequencies: [Double]
  /// The players' average mixtures, as if they drew independently, with the regret of that.
  public let average: FiniteEquilibrium
}

extension FiniteGame {
  /// Lets learners play the game again and again: in each round everybody draws a strategy from its mixture, and learns
  /// from what its strategies would have paid against what the others drew.
  ///
  /// What the law of the profiles played lacks to a coarse correlated equilibrium is the largest regret a round, which
  /// shrinks as 1/sqrt(rounds) where all have rules with a bound.
  ///
  /// - Parameters:
  ///   - rules: one per player, or one for all.
  ///   - rounds: between 1 and 2^53.
  /// - Throws: `ShapeMismatch`, `InvalidParameter`, `Cancelled`.
  public func learn(
    rules: [LearningRule], rounds: Int, seed: UInt64, cancellation: Cancellation = .never
  ) throws -> GameLearning {
    try demand(rounds >= 1, "the rounds must be at least 1, but are \(rounds)")
    guard rules.count == playerCount || rules.count == 1 else {
      throw SolverError(.shapeMismatch, "the learners cover \(rules.count) players, but the game has \(playerCount)")
    }
    let rules = rules.count == 1 ? Array(repeating: rules[0], count: playerCount) : rules
    var accounts = (0..<playerCount).map { player in
      LearnerAccount(
        rules[player], strategies: strategyCounts[player], range: payoffRange(of: player), seed: seed, player: player)
    }
    var played = [Int](repeating: 0, count: profileCount)
    var checkpoints = Checkpoints()
    var noted: [Int] = []
    for round in 1...rounds {
      if round & 0x3f == 0 { try cancellation.check() }
      let profile = profileIndex(accounts.indices.map { accounts[$0].choose() })
      played[profile] += 1
      for player in accounts.indices {
        let base = profile - accounts[player].choice * strides[player]
        accounts[player].take((0..<strategyCounts[player]).map { utilities[player][base + $0 * strides[player]] })
      }
      if checkpoints.isDue(round) || round == rounds {
        noted.append(round)
        for player in accounts.indices { accounts[player].noteRegret() }
      }
    }
    return GameLearning(
      report: LearningReport(accounts, rules: rules, rounds: rounds, seed: seed, checkpoints: noted),
      jointFrequencies: played.map { Double($0) / Double(rounds) },
      average: assess(accounts.map(\.averageStrategy), iterations: rounds))
  }
}
