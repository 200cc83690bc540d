import Tensor

/// Lies found by climbing the own utility from the best lie so far: a step along each number, halved where none helps.
struct ClimbingDeviations: DeviationGenerator {
  func explore(_ attempt: DeviationAttempt, _ random: inout RandomStream) throws {
    attempt.restoreTruth()
    if attempt.bestReport.isEmpty {
      for field in attempt.fields {
        let bounds = attempt.space.fields[field].bounds
        attempt[field] = attempt.truth(field) + (bounds.upperBound - bounds.lowerBound) * random.uniform(-0.1, 0.1)
      }
    } else {
      attempt.set(attempt.bestReport)
    }
    var height = try attempt.evaluate()
    var step = 0.125
    for _ in 0..<8 {
      var climbed = false
      for field in attempt.fields {
        let bounds = attempt.space.fields[field].bounds
        let here = attempt[field]
        for sign in [1.0, -1.0] {
          attempt[field] = here + sign * step * (bounds.upperBound - bounds.lowerBound)
          let gain = try attempt.evaluate()
          if gain > height {
            height = gain
            climbed = true
            break
          }
          attempt[field] = here
        }
      }
      if !climbed { step /= 2 }
    }
  }
}
