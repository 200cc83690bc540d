import Tensor

/// Every player in turn, or all at once, moves to the best response against the others.
///
/// Cournot, "Recherches sur les principes mathématiques de la théorie des richesses" (1838), chapter VII; Moulin,
/// "Dominance solvability and Cournot stability", Mathematical Social Sciences 7 (1984), for when it converges: where
/// the response map contracts. It may cycle where it does not; damping helps where responses overshoot.
struct BestResponseIteration: ProfileDynamics {
  let order: ContinuousMethod.Order
  let damping: Double
  let maximumIterations: Int
  /// The move, relative to the width of the strategy sets, at which it has settled.
  var tolerance = 1e-11

  func run(_ game: ContinuousGame, from start: [Double], cancellation: Cancellation) throws -> DynamicsOutcome {
    let response = PlayerResponse(game: game, cancellation: cancellation)
    var profile = start
    var moves = MoveHistory()
    var history = ProfileHistory(like: start)
    var stalled = StallDetector()
    for iteration in 1...maximumIterations {
      try cancellation.check()
      let before = profile
      switch order {
      case .sequential:
        for player in game.players.indices {
          try response.move(player, in: &profile)
          damp(&profile, towards: before, game.ranges[player])
        }
      case .simultaneous:
        for player in game.players.indices {
          var alone = before
          try response.move(player, in: &alone)
          profile.replaceSubrange(game.ranges[player], with: alone[game.ranges[player]])
          damp(&profile, towards: before, game.ranges[player])
        }
      }
      let move = game.distance(profile, before)
      moves.append(move)
      if move <= tolerance || stalled.isStalled(at: move) {
        return DynamicsOutcome(profile: profile, iterations: iteration, settled: true, rate: moves.rate)
      }
      history.append(profile, iteration: iteration)
    }
    return DynamicsOutcome(
      profile: profile, iterations: maximumIterations, settled: false, rate: moves.rate,
      candidates: history.candidates(for: game))
  }

  private func damp(_ profile: inout [Double], towards before: [Double], _ range: Range<Int>) {
    guard damping < 1 else { return }
    for variable in range { profile[variable] = before[variable] + damping * (profile[variable] - before[variable]) }
  }
}

/// Tells moves that are only the rounding of an inner search from moves that still shrink.
struct StallDetector {
  private var least = Double.infinity
  private var since = 0

  mutating func isStalled(at move: Double) -> Bool {
    if move < 0.5 * least {
      least = move
      since = 0
    } else {
      since += 1
    }
    return move <= 1e-7 && since >= 8
  }
}
