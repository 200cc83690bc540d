import Tensor

/// Which of the correlated equilibria is wanted.
public enum CorrelatedObjective: String, CaseIterable, Sendable {
  /// The largest sum of utilities.
  case welfare
  /// The smallest sum of utilities: what anarchy can come to.
  case leastWelfare = "least_welfare"
  /// The largest utility of whoever gets least.
  case egalitarian
}

/// A law of profiles, from which a mediator draws and tells each player its own part.
public struct CorrelatedEquilibrium: Sendable {
  /// One probability per profile, player 1's strategy fastest.
  public let probabilities: [Double]
  public let utilities: [Double]
  /// What each player could gain by the best rule for not doing as told (by the best single strategy, when coarse).
  public let regrets: [Double]
  /// Simplex pivots.
  public let iterations: Int

  public var maximumRegret: Double { regrets.max() ?? 0 }
}

extension FiniteGame {
  /// A correlated equilibrium that is best by an objective, by linear programme.
  ///
  /// - Parameter coarse: whether players decide to follow before they are told their part (a coarse correlated
  ///   equilibrium, what external-regret learners reach) rather than after.
  /// - Throws: `InvalidParameter` when the programme has more than 20 million entries; `Cancelled`.
  ///
  /// Sources: Aumann, "Subjectivity and correlation in randomized strategies", 1974; Moulin and Vial 1978 for the
  /// coarse.
  public func correlatedEquilibrium(
    objective: CorrelatedObjective, coarse: Bool = false, cancellation: Cancellation = .never
  ) throws -> CorrelatedEquilibrium {
    let entries = strategyCounts.reduce(0.0) { $0 + Double($1) * Double(profileCount) }
    guard entries <= 2e7 else {
      throw SolverError(
        .invalidParameter, "the linear programme would have \(Int(entries)) entries, and at most 20000000 are taken")
    }
    let scaled = scaledUtilities
    let ranges = (0..<playerCount).map { payoffRange(of: $0) }
    // Welfare weighs players by their real payoffs, of which the largest range counts as 1.
    let widest = ranges.map { $0.high - $0.low }.max() ?? 1
    let weights = ranges.map { widest > 0 ? ($0.high - $0.low) / widest : 0 }
    var welfare = (0..<profileCount).map { profile in
      zip(weights, scaled).reduce(0) { $0 + $1.0 * $1.1[profile] }
    }
    if objective == .leastWelfare { welfare = welfare.map { -$0 } }
    let level = profileCount
    var program =
      objective == .egalitarian
      ? LinearProgram(objective: Array(repeating: 0, count: profileCount) + [1], freeVariables: [level])
      : LinearProgram(objective: welfare)
    program.addRow((0..<profileCount).map { ($0, 1) }, .equal(1))
    if objective == .egalitarian, widest > 0 {
      let base = ranges.map(\.low).min() ?? 0
      for player in 0..<playerCount {
        program.addRow(
          (0..<profileCount).map { ($0, (utilities[player][$0] - base) / widest) } + [(level, -1)], .atLeast(0))
      }
    } else if objective == .egalitarian {
      program.addRow([(level, 1)], .equal(0))
    }
    for player in 0..<playerCount {
      try cancellation.check()
      addIncentiveRows(of: player, payoffs: scaled[player], coarse: coarse, to: &program)
    }
    guard let solution = try program.solve(cancellation: cancellation) else {
      throw SolverError(.infeasible, "rounding left the linear programme of the game without a solution")
    }
    return correlated(Mixture.normalised(Array(solution.variables.prefix(profileCount))), coarse, solution.pivots)
  }

  /// Whoever is told `strategy` does not gain by `instead`.
  private func addIncentiveRows(
    of player: Int, payoffs: [Double], coarse: Bool, to program: inout LinearProgram
  ) {
    let (step, count) = (strides[player], strategyCounts[player])
    func gain(_ profile: Int, _ instead: Int) -> (variable: Int, factor: Double) {
      (profile, payoffs[profile + (instead - profile / step % count) * step] - payoffs[profile])
    }
    for instead in 0..<count {
      if coarse {
        program.addRow((0..<profileCount).map { gain($0, instead) }, .atMost(0))
      } else {
        for strategy in 0..<count where strategy != instead {
          let told = (0..<profileCount).filter { $0 / step % count == strategy }
          program.addRow(told.map { gain($0, instead) }, .atMost(0))
        }
      }
    }
  }

  /// What a law of profiles is worth, and what not following it would gain.
  func correlated(_ probabilities: [Double], _ coarse: Bool, _ iterations: Int) -> CorrelatedEquilibrium {
    let expected = utilities.map { zip(probabilities, $0).reduce(0) { $0 + $1.0 * $1.1 } }
    return CorrelatedEquilibrium(
      probabilities: probabilities, utilities: expected,
      regrets: (0..<playerCount).map {
        coarse ? coarseRegret(of: $0, probabilities) : swapRegret(of: $0, probabilities)
      },
      iterations: iterations)
  }

  /// The gain of the best single strategy over following.
  public func coarseRegret(of player: Int, _ probabilities: [Double]) -> Double {
    let gains = gains(of: player, probabilities)
    let count = strategyCounts[player]
    return (0..<count).reduce(0) { best, instead in
      Swift.max(best, (0..<count).reduce(0) { $0 + gains[$1 * count + instead] })
    }
  }

  /// The gain of the best strategy for each one that could be told.
  public func swapRegret(of player: Int, _ probabilities: [Double]) -> Double {
    let gains = gains(of: player, probabilities)
    let count = strategyCounts[player]
    return (0..<count).reduce(0) { sum, told in
      sum + (0..<count).reduce(0) { Swift.max($0, gains[told * count + $1]) }
    }
  }

  /// At `told * count + instead`, the expected gain of playing `instead` whenever `told`.
  private func gains(of player: Int, _ probabilities: [Double]) -> [Double] {
    let (step, count) = (strides[player], strategyCounts[player])
    let payoffs = utilities[player]
    var gains = [Double](repeating: 0, count: count * count)
    for (profile, probability) in probabilities.enumerated() where probability != 0 {
      let told = profile / step % count
      for instead in 0..<count {
        gains[told * count + instead] += probability * (payoffs[profile + (instead - told) * step] - payoffs[profile])
      }
    }
    return gains
  }
}
