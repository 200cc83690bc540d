import Tensor

/// Lies from anywhere in the space.
struct RandomDeviations: DeviationGenerator {
  let count: Int

  func explore(_ attempt: DeviationAttempt, _ random: inout RandomStream) throws {
    for _ in 0..<count {
      attempt.restoreTruth()
      for field in attempt.fields {
        let bounds = attempt.space.fields[field].bounds
        attempt[field] = random.uniform(bounds.lowerBound, bounds.upperBound)
      }
      try attempt.evaluate()
    }
  }
}
