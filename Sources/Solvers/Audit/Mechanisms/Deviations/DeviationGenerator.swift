import Tensor

/// A way to come by lies that may pay.
protocol DeviationGenerator: Sendable {
  /// Tries reports of the attempt's participant; the attempt keeps the best.
  func explore(_ attempt: DeviationAttempt, _ random: inout RandomStream) throws
}

/// All ways together, cheap ones always, costly ones now and then.
enum DeviationGenerators {
  /// - Parameter effort: 1 as a rule; twice as much tries about twice as many lies.
  static func explore(_ attempt: DeviationAttempt, effort: Int, _ random: inout RandomStream) throws {
    if attempt.space.types != nil {
      try ExhaustiveDeviations().explore(attempt, &random)
      return
    }
    for _ in 0..<effort {
      try RandomDeviations(count: 2).explore(attempt, &random)
      try LocalDeviations(count: 2).explore(attempt, &random)
      try TieDeviations(count: 2).explore(attempt, &random)
      // Each of these asks as often as the three above together, several times over.
      if random.integer(below: 16) == 0 { try JumpDeviations().explore(attempt, &random) }
      if random.integer(below: 16) == 0 { try ClimbingDeviations().explore(attempt, &random) }
      if attempt.hasSlopes, random.integer(below: 8) == 0 { try GradientDeviations().explore(attempt, &random) }
    }
  }
}
