import Tensor

/// Lies on both sides of the point at which the own outcome jumps, found by halving the way from the truth to a report
/// that has another outcome.
struct JumpDeviations: DeviationGenerator {
  func explore(_ attempt: DeviationAttempt, _ random: inout RandomStream) throws {
    attempt.restoreTruth()
    for field in attempt.fields {
      let bounds = attempt.space.fields[field].bounds
      attempt[field] = random.uniform(bounds.lowerBound, bounds.upperBound)
    }
    try attempt.evaluate()
    guard attempt.getsSomethingElse else { return }
    let end = attempt.report
    var (near, far) = (0.0, 1.0)
    for _ in 0..<24 {
      let middle = (near + far) / 2
      for field in attempt.fields {
        attempt[field] = attempt.truth(field) + middle * (end[field] - attempt.truth(field))
      }
      try attempt.evaluate()
      if attempt.getsSomethingElse { far = middle } else { near = middle }
    }
  }
}
