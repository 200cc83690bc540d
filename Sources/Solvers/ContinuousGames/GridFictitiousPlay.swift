import Tensor

/// Every round each player plays the grid point that would have done best against all past rounds.
///
/// Brown, "Iterative solution of games by fictitious play", in Koopmans (ed.), "Activity analysis of production and
/// allocation" (1951). With more than two players beliefs are about the others' joint play (Fudenberg and Levine, "The
/// theory of learning in games", 1998, chapter 2). What converges, where anything does, are the frequencies of past
/// play, not the play: in two-player zero-sum and in potential games, among others. The profile is the average of past
/// strategies.
struct GridFictitiousPlay: ProfileDynamics {
  let pointsPerAxis: Int
  let maximumIterations: Int

  func run(_ game: ContinuousGame, from start: [Double], cancellation: Cancellation) throws -> DynamicsOutcome {
    let grid = try GridGame(game, pointsPerAxis: pointsPerAxis, cancellation: cancellation)
    var actions = grid.nearest(to: start)
    var scores = grid.points.map { [Double](repeating: 0, count: $0.count) }
    var counts = scores
    var unchanged = 0
    var rounds = 0
    // A pair of actions that both sides repeat this often is absorbing for all practical ends.
    while rounds < maximumIterations, unchanged < 64 {
      try cancellation.check()
      rounds += 1
      for (player, action) in actions.enumerated() {
        let row = try grid.payoffs(of: player, against: actions)
        for index in row.indices { scores[player][index] += row[index] }
        counts[player][action] += 1
      }
      let replies = scores.map { score in score.indices.max { score[$0] < score[$1] } ?? 0 }
      unchanged = replies == actions ? unchanged + 1 : 0
      actions = replies
    }
    let mixed = counts.map { count in count.map { $0 / Double(rounds) } }
    let settled = unchanged >= 64
    return DynamicsOutcome(
      profile: settled ? grid.profile(of: actions) : grid.representative(of: mixed), iterations: rounds,
      settled: settled, mixed: try grid.mixedProfile(mixed),
      candidates: [grid.profile(of: actions), grid.representative(of: mixed)])
  }
}
