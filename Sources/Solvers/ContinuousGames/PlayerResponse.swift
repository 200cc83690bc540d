import Tensor

/// One player's best response, as the iterations need it: from where the player stands, uphill.
///
/// Local on continuous strategies, which keeps a sweep cheap; what it may miss is found afterwards by the global search
/// behind every regret. Whole numbers are searched globally at once, since uphill means nothing there.
struct PlayerResponse {
  let game: ContinuousGame
  let cancellation: Cancellation
  private let line = LineSearch(tolerance: 1e-12)
  private let local = LocalSearch(tolerance: 1e-12)
  private let enumeration = GlobalSearch(
    effort: SearchEffort(pointsPerDimension: 17, climbs: 1, directEvaluations: 0, combinations: 4096))

  init(game: ContinuousGame, cancellation: Cancellation) {
    self.game = game
    self.cancellation = cancellation
  }

  /// Moves one player's entries of the profile to the response.
  func move(_ player: Int, in profile: inout [Double]) throws {
    let range = game.ranges[player]
    let set = game.players[player].strategies
    if range.count == 1, set.isBox {
      let variable = range.lowerBound
      guard set.width(0) > 0 else { return }
      try line.climb(
        game.payoffs[player], at: &profile, variable: variable, between: set.lowerBounds[0], and: set.upperBounds[0])
      return
    }
    let section = game.section(player, at: profile)
    let start = Array(profile[range])
    let found =
      set.hasIntegers
      ? try enumeration.maximise(section, over: set, from: start, cancellation: cancellation)
      : try local.maximise(section, over: set, from: start, cancellation: cancellation)
    profile.replaceSubrange(range, with: found.point)
  }
}
