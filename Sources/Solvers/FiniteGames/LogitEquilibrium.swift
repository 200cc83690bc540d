import Tensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A logit equilibrium and how closely its equation holds.
public struct LogitOutcome: Sendable {
  public let equilibrium: FiniteEquilibrium
  public let rationality: Double
  /// The largest difference between a probability and the logit response to the others.
  public let residual: Double
  public let converged: Bool
}

extension FiniteGame {
  /// A logit quantal response equilibrium: every strategy is played with probability proportional to
  /// exp(lambda u), u being its expected utility against the others.
  ///
  /// Logit dynamics, x <- x + h (L(x) - x) with L the logit response, run at growing rationality from lambda = 0, where
  /// everybody mixes evenly, so that the branch that begins there is followed as long as the dynamics stay on it. The
  /// step h halves whenever the residual does not fall. Where the dynamics run in a circle the result says that they
  /// did not converge.
  ///
  /// - Parameters:
  ///   - rationality: lambda, at least 0, per unit of utility.
  ///   - iterations: steps at most, all stages together.
  ///   - tolerance: of the residual.
  /// - Throws: `NotFinite`, `InvalidParameter`, `Cancelled`.
  ///
  /// Source: McKelvey and Palfrey, "Quantal response equilibria for normal form games", 1995.
  public func logitEquilibrium(
    rationality: Double, iterations: Int = 100_000, tolerance: Double = 1e-10, cancellation: Cancellation = .never
  ) throws -> LogitOutcome {
    try check(.scalar("rationality", rationality, .nonNegative), .scalar("tolerance", tolerance, .positive))
    try demand(iterations >= 1, "the iterations must be at least 1, but are \(iterations)")
    var profile = strategyCounts.map(Mixture.uniform)
    var used = 0
    var residual = 0.0
    let stages = rationality > 0 ? 40 : 1
    for stage in 1...stages {
      let last = stage == stages
      // Half the way up at the last stages, finely below.
      let lambda = rationality * (Double(stage * stage) / Double(stages * stages))
      let share = last ? iterations - used : iterations / (4 * stages)
      var step = 1.0
      residual = .infinity
      for _ in 0..<Swift.max(1, share) {
        if used & 0x3f == 0 || profileCount > 1000 { try cancellation.check() }
        used += 1
        let response = logitResponse(to: profile, rationality: lambda)
        let distance = zip(response, profile).reduce(0.0) { worst, pair in
          zip(pair.0, pair.1).reduce(worst) { Swift.max($0, abs($1.0 - $1.1)) }
        }
        if distance >= residual { step = Swift.max(step / 2, 1e-4) } else { step = Swift.min(1, step * 1.05) }
        residual = distance
        if distance <= tolerance { break }
        for player in 0..<playerCount {
          for place in profile[player].indices {
            profile[player][place] += step * (response[player][place] - profile[player][place])
          }
        }
      }
    }
    return LogitOutcome(
      equilibrium: assess(profile, iterations: used), rationality: rationality, residual: residual,
      converged: residual <= tolerance)
  }

  /// Every player's logit response to the others.
  func logitResponse(to profile: [[Double]], rationality: Double) -> [[Double]] {
    (0..<playerCount).map { player in
      Mixture.softmax(deviationUtilities(of: player, against: profile), rate: rationality)
    }
  }
}

extension Mixture {
  /// Probabilities proportional to exp(rate x), safe for any size of x.
  static func softmax(_ values: [Double], rate: Double) -> [Double] {
    let best = values.reduce(-Double.infinity, Swift.max)
    let weights = values.map { value -> Double in
      let exponent = rate * (value - best)
      // An infinite rate times no difference.
      return exponent.isNaN ? 1 : exp(exponent)
    }
    let total = weights.reduce(0, +)
    return weights.map { $0 / total }
  }
}
