import Tensor

/// Every report of a finite space.
struct ExhaustiveDeviations: DeviationGenerator {
  func explore(_ attempt: DeviationAttempt, _ random: inout RandomStream) throws {
    for type in attempt.space.types ?? [] {
      attempt.restoreTruth()
      // Numbers that may not be lied about stay as they are.
      for field in attempt.fields { attempt[field] = type[field] }
      guard attempt.space.contains(attempt.report) else { continue }
      try attempt.evaluate()
    }
  }
}
