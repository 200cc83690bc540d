import Tensor

extension FiniteGame {
  /// Replicator dynamics: dx_s/dt = x_s (u_s - u), every player a population of its own; in steps of the classical
  /// Runge-Kutta method.
  ///
  /// - Parameters:
  ///   - start: nil for a little off the middle, so that symmetry does not hold it there: weights 1 + 0.01 s.
  ///   - time: how long, in units in which the widest range of payoffs is 1.
  ///   - step: of time, at most 1.
  ///   - tolerance: `converged` says whether no player's regret, relative to its range of payoffs, exceeds it.
  /// - Throws: `NotFinite`, `InvalidParameter` (also for more than ten million steps), what `checkedProfile` throws;
  ///   `Cancelled`.
  ///
  /// Source: Taylor and Jonker 1978.
  public func replicatorDynamics(
    start: [[Double]]? = nil, time: Double, step: Double = 0.05, tolerance: Double = 1e-6,
    cancellation: Cancellation = .never
  ) throws -> PlayOutcome {
    try check(
      .scalar("time", time, .positive), .scalar("step", step, .positive), .scalar("tolerance", tolerance, .nonNegative))
    try demand(step <= 1, "the step must be at most 1, but is \(step)")
    let steps = max(1, (time / step).rounded(.up))
    try demand(steps <= 1e7, "the time must be at most ten million steps, but is \(steps)")
    var state =
      try start.map(checkedProfile) ?? strategyCounts.map { Mixture.normalised((1...$0).map { 1 + 0.01 * Double($0) }) }
    let ranges = (0..<playerCount).map { payoffRange(of: $0) }
    let widest = ranges.map { $0.high - $0.low }.max() ?? 0
    let speed = widest > 0 ? 1 / widest : 0
    var checkpoints = Checkpoints()
    var times: [Int] = []
    var regrets: [Double] = []
    for count in 1...Int(steps) {
      if count & 0xf == 0 { try cancellation.check() }
      state = rungeKuttaStep(state, step * speed)
      if checkpoints.isDue(count) || count == Int(steps) {
        times.append(count)
        regrets.append(assess(state).maximumRegret)
      }
    }
    let final = assess(state, iterations: Int(steps))
    return PlayOutcome(
      final: final, converged: relativeRegret(of: final) <= tolerance, steps: times, regrets: regrets)
  }

  private func growth(_ state: [[Double]]) -> [[Double]] {
    (0..<playerCount).map { player in
      let payoffs = deviationUtilities(of: player, against: state)
      let mean = zip(state[player], payoffs).reduce(0) { $0 + $1.0 * $1.1 }
      return zip(state[player], payoffs).map { $0 * ($1 - mean) }
    }
  }

  private func rungeKuttaStep(_ state: [[Double]], _ step: Double) -> [[Double]] {
    func moved(_ slope: [[Double]], _ length: Double) -> [[Double]] {
      zip(state, slope).map { zip($0, $1).map { $0 + length * $1 } }
    }
    let first = growth(state)
    let second = growth(moved(first, step / 2))
    let third = growth(moved(second, step / 2))
    let fourth = growth(moved(third, step))
    return state.indices.map { player in
      let moved = state[player].indices.map { place in
        let slope = first[player][place] + 2 * second[player][place] + 2 * third[player][place] + fourth[player][place]
        return max(0, state[player][place] + step / 6 * slope)
      }
      // Rounding must not let the sum away from 1.
      let sum = moved.reduce(0, +)
      return moved.map { $0 / sum }
    }
  }
}
