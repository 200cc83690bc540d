import Tensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Every player moves towards the smoothed best response, exp(expected payoff / temperature) over a grid.
///
/// Its resting points are the logit quantal response equilibria of McKelvey and Palfrey, "Quantal response equilibria for
/// normal form games", Games and Economic Behavior 10 (1995), which tend to equilibria as the temperature falls;
/// smoothed fictitious play in Fudenberg and Levine, "The theory of learning in games" (1998), chapter 4. Step t goes
/// t^-0.6 of the way. The temperature is in units of the range of each player's payoffs met so far.
///
/// Expectations are exact while the others have at most 4096 joint actions, otherwise means over 64 draws a round from
/// a stream of the seed.
struct LogitDynamics: ProfileDynamics {
  let pointsPerAxis: Int
  let temperature: Double
  let maximumIterations: Int
  let seed: UInt64

  func run(_ game: ContinuousGame, from start: [Double], cancellation: Cancellation) throws -> DynamicsOutcome {
    let grid = try GridGame(game, pointsPerAxis: pointsPerAxis, cancellation: cancellation)
    var mixed = grid.points.map { [Double](repeating: 1 / Double($0.count), count: $0.count) }
    for (player, action) in grid.nearest(to: start).enumerated() {
      // A head start for the start, so that several starts can find several equilibria.
      for index in mixed[player].indices { mixed[player][index] *= 0.5 }
      mixed[player][action] += 0.5
    }
    var ranges = [Double](repeating: 0, count: grid.points.count)
    var rounds = 0
    var settled = false
    while rounds < maximumIterations, !settled {
      try cancellation.check()
      rounds += 1
      let step = pow(Double(rounds), -0.6)
      var change = 0.0
      let current = mixed
      for player in mixed.indices {
        let payoffs = try expected(grid, player, current, round: rounds)
        let finite = payoffs.filter(\.isFinite)
        guard let best = finite.max(), let worst = finite.min() else { continue }
        ranges[player] = max(ranges[player], best - worst)
        let scale = temperature * ranges[player]
        let weights = payoffs.map { scale > 0 ? exp(($0 - best) / scale) : 1 }
        let total = weights.reduce(0, +)
        for index in weights.indices {
          let gap = weights[index] / total - current[player][index]
          change = max(change, abs(gap))
          mixed[player][index] += step * gap
        }
      }
      settled = change <= 1e-8
    }
    return DynamicsOutcome(
      profile: grid.representative(of: mixed), iterations: rounds, settled: settled,
      mixed: try grid.mixedProfile(mixed),
      candidates: [grid.profile(of: mixed.map { p in p.indices.max { p[$0] < p[$1] } ?? 0 })])
  }

  private func expected(_ grid: GridGame, _ player: Int, _ mixed: [[Double]], round: Int) throws -> [Double] {
    if let exact = try grid.expectedPayoffs(of: player, against: mixed, limit: 4096) { return exact }
    var stream = RandomStream(seed: seed, purpose: "logit opponents", round: round, client: player)
    let draws = 64
    var sum = [Double](repeating: 0, count: grid.points[player].count)
    for _ in 0..<draws {
      let actions = mixed.map { Self.draw($0, at: stream.uniform()) }
      let row = try grid.payoffs(of: player, against: actions)
      for index in sum.indices { sum[index] += row[index] / Double(draws) }
    }
    return sum
  }

  private static func draw(_ probabilities: [Double], at quantile: Double) -> Int {
    var left = quantile
    for (index, probability) in probabilities.enumerated() {
      left -= probability
      if left < 0 { return index }
    }
    return probabilities.count - 1
  }
}
