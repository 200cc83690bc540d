import Tensor

/// A game in two stages: leaders move first, followers see it and play an equilibrium among themselves.
///
/// Solved by backward induction (von Stackelberg, "Marktform und Gleichgewicht", 1934): every leader's payoff becomes a
/// function of the leaders' variables alone, through the followers' response, and the leaders play a game in those.
public struct StackelbergGame {
  public enum FollowerResponse {
    /// The followers' variables, one after the other in the order of the followers, as a function of the leaders'.
    case closedForm((_ leaders: [Double]) throws -> [Double])
    /// The followers' equilibrium, computed anew for every move of the leaders; see `FollowerReaction`.
    case equilibrium
  }

  /// All players, leaders and followers; every payoff is one of the whole joint profile.
  public let game: ContinuousGame
  /// Indices of players, in order.
  public let leaders: [Int]
  public let followers: [Int]
  public let response: FollowerResponse

  /// - Throws: `SolverError` of kind `emptyInput` without leaders or without followers, `invalidParameter` for an index
  ///   that no player has.
  public init(game: ContinuousGame, leaders: [Int], response: FollowerResponse = .equilibrium) throws {
    guard !leaders.isEmpty else { throw SolverError(.emptyInput, "a Stackelberg game must have at least one leader") }
    for leader in leaders {
      try demand(
        game.players.indices.contains(leader),
        "there is no player \(leader + 1); the game has \(game.players.count) players")
    }
    let first = Set(leaders)
    self.leaders = first.sorted()
    followers = game.players.indices.filter { !first.contains($0) }
    guard !followers.isEmpty else {
      throw SolverError(
        .emptyInput, "a Stackelberg game must have at least one follower",
        hint: "where all players move at once, solve the game itself")
    }
    self.game = game
    self.response = response
  }

  /// The leaders' variables in the joint profile.
  var leaderVariables: [Int] { leaders.flatMap { Array(game.ranges[$0]) } }
  var followerVariables: [Int] { followers.flatMap { Array(game.ranges[$0]) } }

  /// Looks for a subgame-perfect equilibrium.
  ///
  /// The leaders' game is solved with the given options, so that the leaders' regrets are those of a global search through
  /// the followers' responses; the followers' regrets are searched for at the profile found. Where these are above the
  /// tolerance, the search is repeated with followers who check every response globally.
  ///
  /// - Throws: as `ContinuousGame.solve`; `shapeMismatch` or `infeasible` for a closed form that answers with too few
  ///   entries or outside the followers' strategy sets.
  public func solve(
    _ options: EquilibriumOptions = EquilibriumOptions(starts: 1, effort: .standard),
    cancellation: Cancellation = .never
  ) throws -> StackelbergEquilibrium {
    let hasty = try solve(options, careful: false, cancellation: cancellation)
    guard case .equilibrium = response, hasty.followerRegret.maxRelativeRegret > options.tolerance else {
      return hasty
    }
    let careful = try solve(options, careful: true, cancellation: cancellation)
    return careful.followerRegret.maxRelativeRegret < hasty.followerRegret.maxRelativeRegret ? careful : hasty
  }

  private func solve(
    _ options: EquilibriumOptions, careful: Bool, cancellation: Cancellation
  ) throws -> StackelbergEquilibrium {
    let reaction = try FollowerReaction(self, careful: careful, cancellation: cancellation)
    let payoffs = leaders.map { LeaderPayoff(of: $0, in: self, through: reaction) }
    let reduced = try leadersGame(payoffs)
    let leading = try reduced.solve(options, cancellation: cancellation)
    let profile = try reaction.profile(for: leading.profile)
    let followerRegret = try game.regret(
      of: profile, players: followers, effort: .thorough, seed: options.seed, cancellation: cancellation)
    let checks = try zip(payoffs.indices, payoffs).compactMap { index, payoff in
      try payoff.check(at: leading.profile, variables: reduced.ranges[index], sets: reduced.strategies)
    }
    return StackelbergEquilibrium(
      profile: profile, utilities: try game.utilities(at: profile), leading: leading, followerRegret: followerRegret,
      derivativeChecks: checks,
      converged: leading.converged && followerRegret.maxRelativeRegret <= options.tolerance)
  }
}

extension StackelbergGame {
  /// The leaders' game among themselves, each payoff through the followers' responses.
  private func leadersGame(_ payoffs: [LeaderPayoff]) throws -> ContinuousGame {
    try ContinuousGame(
      players: zip(leaders, payoffs).map { leader, payoff in
        ContinuousGame.Player(
          name: game.players[leader].name, strategies: game.players[leader].strategies, payoff: payoff)
      })
  }

  /// The regrets of leaders, through the followers' responses, and of followers again, with `factor` times the thorough
  /// effort and another shift of the search points.
  public func verify(
    _ equilibrium: StackelbergEquilibrium, harder factor: Int = 2, seed: UInt64 = 1,
    cancellation: Cancellation = .never
  ) throws -> (leaders: RegretReport, followers: RegretReport) {
    try game.checkProfile(equilibrium.profile)
    let effort = SearchEffort.thorough.harder(factor)
    let reaction = try FollowerReaction(self, careful: false, cancellation: cancellation)
    let reduced = try leadersGame(leaders.map { LeaderPayoff(of: $0, in: self, through: reaction) })
    let leading = leaderVariables.map { equilibrium.profile[$0] }
    return try (
      reduced.regret(of: leading, effort: effort, seed: seed, cancellation: cancellation),
      game.regret(
        of: equilibrium.profile, players: followers, effort: effort, seed: seed, cancellation: cancellation)
    )
  }
}

/// What backward induction found.
public struct StackelbergEquilibrium: Equatable, Sendable {
  /// The joint profile of leaders and followers.
  public let profile: [Double]
  /// Of all players, at that profile.
  public let utilities: [Double]
  /// The leaders' equilibrium among themselves, with their regrets, each counting the followers' responses.
  public let leading: ContinuousEquilibrium
  /// What every follower could gain, the leaders' moves given.
  public let followerRegret: RegretReport
  /// For every leader whose payoff could be differentiated through the followers.
  public let derivativeChecks: [LeaderDerivativeCheck]
  /// Whether neither leaders nor followers gain more than the tolerance.
  public let converged: Bool
}

/// The implicit derivative of a leader's payoff beside plain differences of it.
public struct LeaderDerivativeCheck: Equatable, Sendable {
  public let name: String
  /// With respect to the leader's own variables, by the implicit function theorem.
  public let implicit: [Double]
  /// By differences of the payoff through recomputed responses.
  public let differences: [Double]

  /// Relative to the larger magnitude, or to 1 where that is smaller.
  public var largestDifference: Double {
    zip(implicit, differences).map { abs($0 - $1) / max(1, abs($0), abs($1)) }.max() ?? 0
  }
}
