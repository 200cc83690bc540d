import Tensor

/// A leader's payoff as a function of the leaders' variables alone, through the followers' response.
///
/// Its gradient is dU/dx + (dy/dx)^T dU/dy, with the response's derivative dy/dx from the implicit function theorem. It is
/// used where all payoffs have exact derivatives; where these are differences, the second derivatives that dy/dx needs
/// would be less precise than plain differences of this payoff, which are used instead.
final class LeaderPayoff: PayoffFunction {
  private let leader: Int
  private let stackelberg: StackelbergGame
  private let reaction: FollowerReaction
  let derivativeSource: DerivativeSource

  init(of leader: Int, in stackelberg: StackelbergGame, through reaction: FollowerReaction) {
    self.leader = leader
    self.stackelberg = stackelberg
    self.reaction = reaction
    let involved = [leader] + stackelberg.followers
    let isExact = involved.allSatisfy { stackelberg.game.payoffs[$0].derivativeSource == .exact }
    derivativeSource =
      switch stackelberg.response {
      case _ where !reaction.isSmooth: .none
      case .equilibrium where isExact: .exact
      default: .differences
      }
  }

  var variableCount: Int { stackelberg.leaderVariables.count }

  func value(at point: [Double]) throws -> Double {
    try stackelberg.game.payoffs[leader].value(at: reaction.profile(for: point))
  }

  func gradient(at point: [Double], of variables: Range<Int>, into gradient: inout [Double]) throws {
    let implicit = try implicitGradient(at: point)
    // NaN asks whoever guards this payoff for a difference.
    for variable in variables { gradient[variable] = implicit?[variable] ?? .nan }
  }

  /// With respect to all leaders' variables; nil where the response has no derivative.
  private func implicitGradient(at point: [Double]) throws -> [Double]? {
    let profile = try reaction.profile(for: point)
    guard let response = try reaction.sensitivity(at: profile) else { return nil }
    let payoff = stackelberg.game.payoffs[leader]
    let whole = try payoff.gradient(at: profile)
    var gradient = stackelberg.leaderVariables.map { whole[$0] }
    for (row, variable) in stackelberg.followerVariables.enumerated() {
      for column in gradient.indices { gradient[column] += response[row, column] * whole[variable] }
    }
    return gradient
  }

  /// The implicit derivative beside differences, in the leader's own variables; nil where there is none.
  func check(at point: [Double], variables: Range<Int>, sets: StrategySet) throws -> LeaderDerivativeCheck? {
    guard reaction.isSmooth, let implicit = try implicitGradient(at: point) else { return nil }
    var differences = [Double](repeating: 0, count: variableCount)
    try FiniteDifferences(lower: sets.lowerBounds, upper: sets.upperBounds).gradient(
      of: self, at: point, variables: variables, into: &differences)
    return LeaderDerivativeCheck(
      name: stackelberg.game.players[leader].name, implicit: Array(implicit[variables]),
      differences: Array(differences[variables]))
  }
}
