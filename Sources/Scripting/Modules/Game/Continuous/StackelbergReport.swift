import Solvers

/// A solution of leaders and followers as users see it.
struct StackelbergReport {
  let game: GameObject
  let staged: StackelbergGame
  let solution: StackelbergEquilibrium

  var result: ResultObject {
    let leaders = solution.leading.regret
    let followers = solution.followerRegret
    let fields: Record = [
      "profile": game.shown(solution.profile),
      "utilities": game.byName(solution.utilities.map { .number($0) }), "converged": .boolean(solution.converged),
      "max_regret": .number(max(leaders.maxRegret, followers.maxRegret)),
      "leader_regret": .number(leaders.maxRegret), "follower_regret": .number(followers.maxRegret),
      "iterations": .integer(solution.leading.iterations),
      "derivative_error": .number(solution.derivativeChecks.map(\.largestDifference).max() ?? 0),
      "advice": .strings(solution.leading.advice),
    ]
    let gains = game.players.indices.map { place in
      (leaders.deviations + followers.deviations).first { $0.name == game.players[place].name }?.gain ?? 0
    }
    let strategies = game.players.indices.map { place in
      NumberFormat.list(game.game.strategy(of: place, in: solution.profile), atMost: 6)
    }
    let table = TextTable(
      "Players",
      [
        .init("player", .text(game.players.map(\.name))),
        .init("moves", .text(game.players.indices.map { staged.leaders.contains($0) ? "first" : "second" })),
        .init("strategy", .text(strategies)), .init("utility", .numbers(solution.utilities)),
        .init("regret", .numbers(gains)),
      ])
    return ResultObject(
      solution.converged ? "equilibrium of leaders and followers" : "no equilibrium found: the best profile met",
      fields: fields, tables: [table],
      notes: ["leaders: \(RegretText.sentence(leaders))", "followers: \(RegretText.sentence(followers))"]
        + solution.leading.advice)
  }
}
