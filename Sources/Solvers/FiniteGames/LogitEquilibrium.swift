import Tensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A logit equilibrium and how closely its equation holds.
public struct LogitOutcome: Sendable {
  /// An equilibrium on the way from rationality 0.
  public struct Point: Equatable, Sendable {
    public let rationality: Double
    /// Per player, the probability of each strategy.
    public let profile: [[Double]]
  }

  public let equilibrium: FiniteEquilibrium
  public let rationality: Double
  /// The largest difference between a probability and the logit response to the others.
  public let residual: Double
  public let converged: Bool
  /// The branch from rationality 0 up to here, where it was followed. It may turn back on the way.
  public let path: [Point]
}

extension FiniteGame {
  /// How many strategies, of all players together, a game may have for its branch to be followed.
  static let largestLogitPath = 200

  /// A logit quantal response equilibrium: every strategy is played with probability proportional to
  /// exp(lambda u), u being its expected utility against the others.
  ///
  /// It is the first of that rationality on the branch that begins at lambda = 0, where everybody mixes evenly. The
  /// branch is followed by arc length, so that it may turn back on the way; see `LogitPath`. Games of more than 200
  /// strategies are left to logit dynamics at growing rationality, which may run in a circle, and then say so.
  ///
  /// - Parameters:
  ///   - rationality: lambda, at least 0, per unit of utility.
  ///   - iterations: steps at most: of Newton's method, or of the dynamics.
  ///   - tolerance: of the residual, beyond what rounding of lambda u does to it.
  /// - Throws: `NotFinite`, `InvalidParameter`, `Cancelled`.
  ///
  /// Source: McKelvey and Palfrey, "Quantal response equilibria for normal form games", 1995; Turocy, "A dynamic
  /// homotopy interpretation of the logistic quantal response equilibrium correspondence", 2005.
  public func logitEquilibrium(
    rationality: Double, iterations: Int = 100_000, tolerance: Double = 1e-10, cancellation: Cancellation = .never
  ) throws -> LogitOutcome {
    try check(.scalar("rationality", rationality, .nonNegative), .scalar("tolerance", tolerance, .positive))
    try demand(iterations >= 1, "the iterations must be at least 1, but are \(iterations)")
    var points: [LogitOutcome.Point] = []
    let profile: [[Double]]
    let used: Int
    if strategyCounts.reduce(0, +) <= Self.largestLogitPath {
      var path = LogitPath(self, iterations: iterations, cancellation: cancellation)
      points = try path.follow(to: rationality)
      (profile, used) = (path.profile, path.iterations)
    } else {
      (profile, used) = try iterateLogitResponse(
        rationality: rationality, iterations: iterations, tolerance: tolerance, cancellation: cancellation)
    }
    let residual = logitResidual(profile, logitResponse(to: profile, rationality: rationality))
    let rounding = 4 * Double.ulpOfOne * Swift.min(rationality * logitScale, 1e12)
    return LogitOutcome(
      equilibrium: assess(profile, iterations: used), rationality: rationality, residual: residual,
      converged: residual <= tolerance + rounding, path: points)
  }

  /// Every player's logit response to the others.
  func logitResponse(to profile: [[Double]], rationality: Double) -> [[Double]] {
    (0..<playerCount).map { player in
      Mixture.softmax(deviationUtilities(of: player, against: profile), rate: rationality)
    }
  }

  /// The largest difference of two probabilities.
  func logitResidual(_ profile: [[Double]], _ response: [[Double]]) -> Double {
    zip(response, profile).reduce(0.0) { worst, pair in
      zip(pair.0, pair.1).reduce(worst) { Swift.max($0, abs($1.0 - $1.1)) }
    }
  }

  /// The widest range of a player's payoffs.
  var logitScale: Double {
    (0..<playerCount).reduce(0) { widest, player in
      let range = payoffRange(of: player)
      return Swift.max(widest, range.high - range.low)
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
