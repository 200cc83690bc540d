import Tensor

/// Lies found by climbing the own utility along its derivatives, from the best lie so far or from anywhere: each step is
/// a part of the space along the steepest number, longer after a step that helped and half as long after one that did
/// not.
///
/// What counts is what the mechanism answers; derivatives only say where to ask.
struct GradientDeviations: DeviationGenerator {
  func explore(_ attempt: DeviationAttempt, _ random: inout RandomStream) throws {
    attempt.restoreTruth()
    if attempt.bestReport.isEmpty || random.integer(below: 2) == 0 {
      for field in attempt.fields {
        let bounds = attempt.space.fields[field].bounds
        attempt[field] = random.uniform(bounds.lowerBound, bounds.upperBound)
      }
    } else {
      attempt.set(attempt.bestReport)
    }
    var height = try attempt.evaluate()
    var step = 0.1
    for _ in 0..<12 {
      guard let slopes = try attempt.slopes() else { return }
      let here = attempt.report
      // In parts of the space, so that numbers of all sizes move alike.
      let rises = attempt.fields.map { field in
        let bounds = attempt.space.fields[field].bounds
        return slopes[field] * (bounds.upperBound - bounds.lowerBound)
      }
      let steepest = rises.reduce(0) { max($0, abs($1)) }
      guard steepest > 0, steepest.isFinite else { return }
      for (field, rise) in zip(attempt.fields, rises) {
        let bounds = attempt.space.fields[field].bounds
        attempt[field] = here[field] + step * rise / steepest * (bounds.upperBound - bounds.lowerBound)
      }
      let reached = try attempt.evaluate()
      if reached > height {
        height = reached
        step = min(0.25, 1.5 * step)
      } else {
        attempt.set(here)
        step /= 4
      }
    }
  }
}
