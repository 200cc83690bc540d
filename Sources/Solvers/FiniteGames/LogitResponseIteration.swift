import Tensor

extension FiniteGame {
  /// Logit dynamics, x <- x + h (L(x) - x) with L the logit response, at growing rationality from lambda = 0.
  ///
  /// The step h halves whenever the residual does not fall. Where the branch of equilibria turns back the dynamics
  /// leave it for another, and where they run in a circle they end without an equilibrium.
  ///
  /// - Returns: where they end, and after how many steps.
  func iterateLogitResponse(
    rationality: Double, iterations: Int, tolerance: Double, cancellation: Cancellation
  ) throws -> (profile: [[Double]], iterations: Int) {
    var profile = strategyCounts.map(Mixture.uniform)
    var used = 0
    let stages = rationality > 0 ? 40 : 1
    for stage in 1...stages {
      let last = stage == stages
      // Half the way up at the last stages, finely below.
      let lambda = rationality * (Double(stage * stage) / Double(stages * stages))
      let share = last ? iterations - used : iterations / (4 * stages)
      var step = 1.0
      var residual = Double.infinity
      for _ in 0..<Swift.max(1, share) {
        if used & 0x3f == 0 || profileCount > 1000 { try cancellation.check() }
        used += 1
        let response = logitResponse(to: profile, rationality: lambda)
        let distance = logitResidual(profile, response)
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
    return (profile, used)
  }
}
