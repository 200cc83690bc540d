import Tensor

/// The loop that `ProjectedGradient` and `Extragradient` share: a step along the pseudo-gradient whose size adapts.
///
/// A step of size s from x to y is short enough where s |g(y) - g(x)| <= patience |y - x|; it is shortened until that
/// holds, and may grow by half from one iteration to the next.
struct ClimbingStep {
  let patience: Double
  /// Whether the step is taken again with the pseudo-gradient found at its end.
  let corrected: Bool
  let maximumIterations: Int

  func run(_ game: ContinuousGame, from start: [Double], cancellation: Cancellation) throws -> DynamicsOutcome {
    let gradient = PseudoGradient(game)
    var profile = start
    var size = 1.0
    var moves = MoveHistory()
    var history = ProfileHistory(like: start)
    var stalled = StallDetector()
    for iteration in 1...maximumIterations {
      try cancellation.check()
      let slope = try gradient.value(at: profile)
      var trial = gradient.stepped(profile, along: slope, by: size)
      var ahead = try gradient.value(at: trial)
      for _ in 0..<100 {
        let (moved, turned) = (Self.norm(trial, profile), Self.norm(ahead, slope))
        guard size * turned > patience * moved else { break }
        size *= max(0.1, 0.9 * patience * moved / (size * turned))
        trial = gradient.stepped(profile, along: slope, by: size)
        ahead = try gradient.value(at: trial)
      }
      let next = corrected ? gradient.stepped(profile, along: ahead, by: size) : trial
      // By the trial step: zero exactly at solutions, while a corrected step may be small by accident.
      let move = game.distance(trial, profile)
      moves.append(game.distance(next, profile))
      profile = next
      if move <= 1e-11 || stalled.isStalled(at: move) {
        return DynamicsOutcome(profile: profile, iterations: iteration, settled: true, rate: moves.rate)
      }
      history.append(profile, iteration: iteration)
      size = min(1.5 * size, 1e9)
    }
    return DynamicsOutcome(
      profile: profile, iterations: maximumIterations, settled: false, rate: moves.rate,
      candidates: history.candidates(for: game))
  }

  private static func norm(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for index in a.indices { sum += (a[index] - b[index]) * (a[index] - b[index]) }
    return sum.squareRoot()
  }
}
