/// What deviating is worth.
extension FiniteGame {
  /// What a player would get by each pure strategy while the others mix as given.
  ///
  /// The others' axes of the player's payoffs are summed out one by one, so that the work is little more than one look
  /// at each payoff.
  func deviationUtilities(of player: Int, against profile: [[Double]]) -> [Double] {
    var payoffs = utilities[player]
    for other in stride(from: playerCount - 1, to: player, by: -1) {
      payoffs = Self.summedOverLastAxis(payoffs, weights: profile[other])
    }
    for other in 0..<player { payoffs = Self.summedOverFirstAxis(payoffs, weights: profile[other]) }
    return payoffs
  }

  /// Expected utilities, and what each player could still gain.
  public func assess(_ profile: [[Double]], iterations: Int = 0) -> FiniteEquilibrium {
    var expected: [Double] = []
    var regrets: [Double] = []
    for player in 0..<playerCount {
      let deviations = deviationUtilities(of: player, against: profile)
      let utility = zip(profile[player], deviations).reduce(0) { $0 + $1.0 * $1.1 }
      expected.append(utility)
      regrets.append(Swift.max(0, deviations.reduce(-Double.infinity, Swift.max) - utility))
    }
    return FiniteEquilibrium(profile: profile, utilities: expected, regrets: regrets, iterations: iterations)
  }

  /// The pure strategies that are best against the others' mixtures, within `tolerance` of the player's range of
  /// payoffs.
  public func bestResponses(of player: Int, against profile: [[Double]], tolerance: Double = 1e-9) -> [Int] {
    let deviations = deviationUtilities(of: player, against: profile)
    let range = payoffRange(of: player)
    let best = deviations.reduce(-Double.infinity, Swift.max) - tolerance * (range.high - range.low)
    return deviations.indices.filter { deviations[$0] >= best }
  }

  /// Checks mixed strategies and scales each to add to 1 exactly.
  ///
  /// - Throws: `ShapeMismatch` for another number of players or strategies, `NotFinite`, `NotStochastic` for negative
  ///   probabilities or a sum more than 1e-6 from 1.
  public func checkedProfile(_ profile: [[Double]]) throws -> [[Double]] {
    guard profile.count == playerCount else {
      throw SolverError(
        .shapeMismatch, "the profile covers \(profile.count) players, but the game has \(playerCount)")
    }
    for (player, strategy) in profile.enumerated() where strategy.count != strategyCounts[player] {
      throw SolverError(
        .shapeMismatch,
        "player \(player + 1) has \(strategyCounts[player]) strategies, "
          + "but the profile gives \(strategy.count) probabilities")
    }
    return try profile.enumerated().map { player, strategy in
      if let wrong = strategy.first(where: { !$0.isFinite }) {
        throw SolverError(.notFinite, "player \(player + 1)'s probabilities must be finite, but one is \(wrong)")
      }
      if let wrong = strategy.first(where: { $0 < 0 }) {
        throw SolverError(
          .notStochastic, "player \(player + 1)'s probabilities must be at least 0, but one is \(wrong)")
      }
      let sum = strategy.reduce(0, +)
      guard abs(sum - 1) <= 1e-6 else {
        throw SolverError(.notStochastic, "player \(player + 1)'s probabilities must add to 1, but add to \(sum)")
      }
      return strategy.map { $0 / sum }
    }
  }

  private static func summedOverLastAxis(_ payoffs: [Double], weights: [Double]) -> [Double] {
    let inner = payoffs.count / weights.count
    var sums = [Double](repeating: 0, count: inner)
    for (place, weight) in weights.enumerated() where weight != 0 {
      let start = place * inner
      for index in 0..<inner { sums[index] += weight * payoffs[start + index] }
    }
    return sums
  }

  private static func summedOverFirstAxis(_ payoffs: [Double], weights: [Double]) -> [Double] {
    let outer = payoffs.count / weights.count
    return (0..<outer).map { group in
      var sum = 0.0
      for (place, weight) in weights.enumerated() { sum += weight * payoffs[group * weights.count + place] }
      return sum
    }
  }
}

/// A profile of mixed strategies with what it is worth, and its own check.
public struct FiniteEquilibrium: Equatable, Sendable {
  /// Per player, the probability of each strategy.
  public let profile: [[Double]]
  public let utilities: [Double]
  /// What each player could gain by its best deviation; exact but for rounding, since a pure one is always among the
  /// best.
  public let regrets: [Double]
  /// Steps of the method that found it.
  public let iterations: Int

  public var maximumRegret: Double { regrets.max() ?? 0 }
}
