import Tensor

/// A trial step shows the pseudo-gradient ahead, and the real step from the same place follows that:
/// y = P(x + step g(x)), x <- P(x + step g(y)).
///
/// Korpelevich, "The extragradient method for finding saddle points and other problems", Matecon 12 (1976); converges in
/// every monotone game with a Lipschitz pseudo-gradient, bilinear ones included. The step adapts as in Khobotov,
/// "Modification of the extra-gradient method for solving variational inequalities and certain optimization problems",
/// USSR Computational Mathematics and Mathematical Physics 27 (1987).
struct Extragradient: ProfileDynamics {
  let maximumIterations: Int

  func run(_ game: ContinuousGame, from start: [Double], cancellation: Cancellation) throws -> DynamicsOutcome {
    try ClimbingStep(patience: 0.7, corrected: true, maximumIterations: maximumIterations).run(
      game, from: start, cancellation: cancellation)
  }
}
