import Tensor

/// Lies near the truth, from a third of the space down to a ten-thousandth of it.
struct LocalDeviations: DeviationGenerator {
  let count: Int

  func explore(_ attempt: DeviationAttempt, _ random: inout RandomStream) throws {
    for _ in 0..<count {
      attempt.restoreTruth()
      // 0.33, 0.033, ...
      var step = 0.33
      for _ in 0..<random.integer(below: 5) { step *= 0.1 }
      for field in attempt.fields {
        let bounds = attempt.space.fields[field].bounds
        attempt[field] = attempt.truth(field) + (bounds.upperBound - bounds.lowerBound) * random.uniform(-step, step)
      }
      try attempt.evaluate()
    }
  }
}
