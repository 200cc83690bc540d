import Tensor

/// All players climb their payoffs a little, at once: x <- P(x + step g(x)) with the pseudo-gradient g.
///
/// Converges where the game is strongly monotone and the step small enough (Facchinei and Pang, "Finite-dimensional
/// variational inequalities and complementarity problems", 2003, section 12.1); in merely monotone games, such as
/// bilinear ones, it circles outwards: use `Extragradient` there. The step is the longest at which the pseudo-gradient
/// changes by no more than half of what the step moves, as `ClimbingStep` finds it.
struct ProjectedGradient: ProfileDynamics {
  let maximumIterations: Int

  func run(_ game: ContinuousGame, from start: [Double], cancellation: Cancellation) throws -> DynamicsOutcome {
    try ClimbingStep(patience: 0.5, corrected: false, maximumIterations: maximumIterations).run(
      game, from: start, cancellation: cancellation)
  }
}
