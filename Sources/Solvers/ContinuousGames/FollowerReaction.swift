import Tensor

/// The followers' equilibrium as a function of the leaders' moves.
///
/// Computed as: sequential best responses from the centre of the followers' sets (always from there, so that the answer
/// depends on the leaders' moves alone), then Newton's method on the followers' KKT conditions, which brings the
/// precision that derivatives need. Whole-number followers are first solved over the intervals; then each follower
/// in turn tries every combination of floors and ceilings of the own relaxed solution and keeps the one that the own
/// utility prefers, the others held, until nobody changes (`IntegerRounding`). That is exact where utilities are concave
/// in one whole number; the followers' regrets, which enumerate, say so at the end.
final class FollowerReaction {
  private let stackelberg: StackelbergGame
  /// The same players with whole numbers relaxed; nil where relaxing changes nothing.
  private let relaxed: ContinuousGame?
  /// Whether every response is checked by a global search, and moved on where that finds a gain.
  private let careful: Bool
  private let cancellation: Cancellation
  private var last: (leaders: [Double], profile: [Double])?

  init(_ stackelberg: StackelbergGame, careful: Bool, cancellation: Cancellation) throws {
    self.stackelberg = stackelberg
    self.careful = careful
    self.cancellation = cancellation
    let game = stackelberg.game
    let hasIntegers = stackelberg.followers.contains { game.players[$0].strategies.hasIntegers }
    relaxed =
      hasIntegers
      ? try ContinuousGame(
        players: game.players.map { .init(name: $0.name, strategies: $0.strategies.relaxed, payoff: $0.payoff) }) : nil
  }

  /// Whether small moves of the leaders move the followers smoothly.
  var isSmooth: Bool { relaxed == nil && stackelberg.game.isSmooth }

  /// The joint profile that the leaders' variables lead to.
  func profile(for leaders: [Double]) throws -> [Double] {
    if let last, last.leaders == leaders { return last.profile }
    try cancellation.check()
    var profile = stackelberg.game.strategies.centre
    for (variable, value) in zip(stackelberg.leaderVariables, leaders) { profile[variable] = value }
    switch stackelberg.response {
    case .closedForm(let function): try place(try function(leaders), in: &profile)
    case .equilibrium:
      let game = relaxed ?? stackelberg.game
      profile = try equilibrium(of: game, from: profile)
      if careful { profile = try improved(profile, in: game) }
      if relaxed != nil { try round(&profile) }
    }
    last = (leaders, profile)
    return profile
  }

  private func place(_ response: [Double], in profile: inout [Double]) throws {
    let variables = stackelberg.followerVariables
    guard response.count == variables.count else {
      throw SolverError(
        .shapeMismatch,
        "the followers' response has \(response.count) entries, but the followers together have \(variables.count)")
    }
    try check(.each(.entry, "followers' response", response, .real))
    for (variable, value) in zip(variables, response) { profile[variable] = value }
    for follower in stackelberg.followers {
      let player = stackelberg.game.players[follower]
      let strategy = stackelberg.game.strategy(of: follower, in: profile)
      guard player.strategies.relaxed.contains(strategy, tolerance: 1e-6) else {
        throw SolverError(
          .infeasible, "the closed form sends follower '\(player.name)' to \(strategy), outside the strategy set",
          hint: "cut the formula off at the bounds of the set")
      }
    }
    if relaxed != nil { try round(&profile) }
  }

  private func equilibrium(of game: ContinuousGame, from start: [Double]) throws -> [Double] {
    let response = PlayerResponse(game: game, cancellation: cancellation)
    var profile = start
    var settled = false
    for _ in 0..<200 where !settled {
      let before = profile
      for follower in stackelberg.followers { try response.move(follower, in: &profile) }
      settled = game.distance(profile, before) <= 1e-9
    }
    guard game.isSmooth else { return profile }
    let polished = try KKTNewton(maximumIterations: 50, players: stackelberg.followers).run(
      game, from: profile, cancellation: cancellation)
    // A settled response needs its last digits only; a far root would be another solution.
    let isNear = game.distance(polished.profile, profile) <= 1e-4
    return polished.settled && (isNear || !settled) ? polished.profile : profile
  }

  private func improved(_ profile: [Double], in game: ContinuousGame) throws -> [Double] {
    var profile = profile
    for _ in 0..<5 {
      let regret = try game.regret(
        of: profile, players: stackelberg.followers, effort: .standard, seed: 0, cancellation: cancellation)
      guard let worst = regret.worst, worst.relativeGain > 1e-9 else { break }
      profile.replaceSubrange(game.ranges[worst.player], with: worst.strategy)
      profile = try equilibrium(of: game, from: profile)
    }
    return profile
  }

  private func round(_ profile: inout [Double]) throws {
    let game = stackelberg.game
    let wanted = profile
    for follower in stackelberg.followers {
      for coordinate in game.players[follower].strategies.integerCoordinates {
        profile[game.ranges[follower].lowerBound + coordinate].round()
      }
    }
    for _ in 0..<50 {
      let before = profile
      for follower in stackelberg.followers {
        let range = game.ranges[follower]
        let near = Array(wanted[range])
        let best = try IntegerRounding.best(
          game.section(follower, at: profile), over: game.players[follower].strategies, near: near)
        profile.replaceSubrange(range, with: best.point)
      }
      if profile == before { break }
    }
  }

  /// How the followers' variables move with the leaders', by the implicit function theorem on the followers' first-order
  /// conditions with the active bounds held; nil where it does not apply.
  func sensitivity(at profile: [Double]) throws -> Matrix? {
    guard isSmooth else { return nil }
    return try NaturalMap(stackelberg.game, players: stackelberg.followers).sensitivity(
      to: stackelberg.leaderVariables, at: profile)
  }
}
