import Tensor

/// Where a dynamic process of play came to.
public struct PlayOutcome: Sendable {
  /// The last state, with its check.
  public let final: FiniteEquilibrium
  /// Whether it came within the tolerance.
  public let converged: Bool
  /// The steps at which the process was looked at, about evenly spread on a logarithmic scale, and the largest regret
  /// there.
  public let steps: [Int]
  public let regrets: [Double]
}

/// Steps at which a long process is looked at: 1, 2, 3, ..., then each about a twentieth further than the last.
struct Checkpoints {
  private var next = 1

  mutating func isDue(_ step: Int) -> Bool {
    guard step >= next else { return false }
    next = step + max(1, step / 20)
    return true
  }
}

extension FiniteGame {
  /// Fictitious play: in each round every player plays a best response to how often the others played what so far, as
  /// if they drew independently.
  ///
  /// The frequencies converge in zero-sum games, games of two players with two strategies, potential games and games
  /// solvable by dominance; Shapley's game shows that they need not.
  ///
  /// - Parameters:
  ///   - start: the beliefs before the first round, weighing as one round; nil for uniform ones.
  ///   - tolerance: the play ends once no player's regret, relative to its range of payoffs, exceeds it.
  /// - Throws: `InvalidParameter` for fewer than one round; what `checkedProfile` throws; `Cancelled`.
  ///
  /// Sources: Brown 1951; Robinson 1951.
  public func fictitiousPlay(
    rounds: Int, tolerance: Double = 1e-3, start: [[Double]]? = nil, cancellation: Cancellation = .never
  ) throws -> PlayOutcome {
    try demand(rounds >= 1, "the rounds must be at least 1, but are \(rounds)")
    var beliefs = try start.map(checkedProfile) ?? strategyCounts.map(Mixture.uniform)
    var checkpoints = Checkpoints()
    var steps: [Int] = []
    var regrets: [Double] = []
    for round in 1...rounds {
      if profileCount * playerCount > 1000 || round & 0xff == 0 { try cancellation.check() }
      let choices = (0..<playerCount).map { player in
        let payoffs = deviationUtilities(of: player, against: beliefs)
        return payoffs.indices.reduce(0) { payoffs[$1] > payoffs[$0] ? $1 : $0 }
      }
      let weight = 1 / Double(round + 1)
      for (player, choice) in choices.enumerated() {
        for place in beliefs[player].indices {
          beliefs[player][place] += weight * ((place == choice ? 1 : 0) - beliefs[player][place])
        }
      }
      guard checkpoints.isDue(round) || round == rounds else { continue }
      let state = assess(beliefs, iterations: round)
      steps.append(round)
      regrets.append(state.maximumRegret)
      if relativeRegret(of: state) <= tolerance {
        return PlayOutcome(final: state, converged: true, steps: steps, regrets: regrets)
      }
    }
    return PlayOutcome(
      final: assess(beliefs, iterations: rounds), converged: false, steps: steps, regrets: regrets)
  }

  /// The largest regret, each player's measured by its range of payoffs.
  func relativeRegret(of state: FiniteEquilibrium) -> Double {
    (0..<playerCount).reduce(0) { worst, player in
      let (low, high) = payoffRange(of: player)
      return high > low ? Swift.max(worst, state.regrets[player] / (high - low)) : worst
    }
  }
}
