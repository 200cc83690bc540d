import Tensor

/// Newton's method on all players' first-order conditions at once, written as the natural map's equation.
///
/// Semi-smooth: Qi and Sun, "A nonsmooth version of Newton's method", Mathematical Programming 58 (1993); quadratic near
/// a regular solution, with the active bounds and the multipliers of simplices and budgets found on the way (see
/// `NaturalMap`). Far from one, steps are halved until the residual falls, and replaced by a projected gradient step
/// where none does. A solution satisfies first-order conditions only: the regret says whether it is an equilibrium.
struct KKTNewton: ProfileDynamics {
  let maximumIterations: Int
  /// The players who move; nil for all.
  var players: [Int]?

  func run(_ game: ContinuousGame, from start: [Double], cancellation: Cancellation) throws -> DynamicsOutcome {
    let map = NaturalMap(game, players: players)
    var profile = start
    var moves = MoveHistory()
    var history = ProfileHistory(like: start)
    var stalled = StallDetector()
    for iteration in 1...maximumIterations {
      try cancellation.check()
      let at = try map.linearisation(at: profile)
      let size = relativeSize(at.residual, map.gradient, game)
      if size <= 1e-13 || stalled.isStalled(at: size) {
        return DynamicsOutcome(profile: profile, iterations: iteration, settled: true, rate: moves.rate)
      }
      let next = try step(from: profile, at, map)
      moves.append(game.distance(next, profile))
      profile = next
      history.append(profile, iteration: iteration)
    }
    return DynamicsOutcome(
      profile: profile, iterations: maximumIterations, settled: false, rate: moves.rate,
      candidates: history.candidates(for: game))
  }

  private func step(from profile: [Double], _ at: NaturalMap.Linearisation, _ map: NaturalMap) throws -> [Double] {
    let merit = Self.square(at.residual)
    if let direction = LinearSystem.solve(map.newtonMatrix(at), at.residual.map { -$0 }) {
      var size = 1.0
      while size > 1e-3 {
        let trial = map.gradient.stepped(profile, along: direction, by: size)
        let reached = Self.square(try map.residual(at: trial, scales: at.scales))
        if reached <= (1 - 1e-4 * size) * merit { return trial }
        size *= 0.5
      }
    }
    // The residual is a projected gradient step, of the scales' length.
    return map.gradient.stepped(profile, along: at.residual, by: -0.5)
  }

  private static func square(_ residual: [Double]) -> Double { residual.reduce(0) { $0 + $1 * $1 } }

  private func relativeSize(_ residual: [Double], _ gradient: PseudoGradient, _ game: ContinuousGame) -> Double {
    var size = 0.0
    for (index, variable) in gradient.variables.enumerated() where game.strategies.width(variable) > 0 {
      size = max(size, abs(residual[index]) / game.strategies.width(variable))
    }
    return size
  }
}
