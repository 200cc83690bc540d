import Tensor

/// Lies where mechanisms change their minds: at, just above and just below a number of somebody else, and at the bounds.
struct TieDeviations: DeviationGenerator {
  let count: Int

  func explore(_ attempt: DeviationAttempt, _ random: inout RandomStream) throws {
    for _ in 0..<count {
      attempt.restoreTruth()
      for field in attempt.fields {
        let bounds = attempt.space.fields[field].bounds
        let place = random.integer(below: 8)
        switch place {
        case 0: attempt[field] = bounds.lowerBound
        case 1: attempt[field] = bounds.upperBound
        default:
          let other = random.integer(below: attempt.reports.count)
          let values = attempt.reports.range(of: other)
          guard other != attempt.participant, !values.isEmpty else { continue }
          let twin = field < values.count ? values.lowerBound + field : values.lowerBound
          let tiny = 1e-6 * (bounds.upperBound - bounds.lowerBound)
          attempt[field] = attempt.types.values[twin] + tiny * Double(place % 3 - 1)
        }
      }
      try attempt.evaluate()
    }
  }
}
