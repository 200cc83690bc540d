import Solvers

/// What was found in a game, as users see it.
extension NormalFormObject {
  /// Profiles with their check: the first one's fields are the result's own.
  func report(
    _ title: String, _ found: [FiniteEquilibrium], seed: UInt64, converged: Bool, notes: [String] = [],
    fields more: Record = [:], pictures: [Picture] = []
  ) -> ResultObject {
    let worst = found.map(\.maximumRegret).max()
    var fields: Record = [
      "profile": found.first.map { .list($0.profile.map { .numbers($0) }) } ?? .none,
      "utilities": found.first.map { .numbers($0.utilities) } ?? .none,
      "regrets": found.first.map { .numbers($0.regrets) } ?? .none, "max_regret": .optional(worst),
      "iterations": found.first.map { .integer($0.iterations) } ?? .none, "converged": .boolean(converged),
      "seed": .integer(Int(truncatingIfNeeded: seed)),
    ]
    for field in more.fields { fields[field.name] = field.value }
    var columns = game.playerNames.enumerated().map { player, name in
      TextTable.Column(name, .text(found.map { words($0.profile[player], of: player) }))
    }
    columns += game.playerNames.enumerated().map { player, name in
      TextTable.Column("utility of \(name)", .numbers(found.map { withoutRounding($0.utilities[player]) }))
    }
    columns.append(.init("max regret", .numbers(found.map(\.maximumRegret))))
    return ResultObject(
      title, fields: fields, tables: found.isEmpty ? [] : [TextTable("", columns)], notes: notes,
      pictures: pictures + (found.isEmpty ? [] : [Picture("mixtures", self.mixturePlot(found[0]))]))
  }

  /// How likely each player plays each of its strategies.
  private func mixturePlot(_ found: FiniteEquilibrium) -> Plot {
    let longest = game.strategyCounts.max() ?? 0
    let isNamedAlike = Set(game.strategyNames).count == 1
    let series = found.profile.enumerated().map { player, mixture in
      Plot.Series(name: game.playerNames[player], mark: .bar, values: mixture)
    }
    return Plot(
      series: series, title: "mixtures", xLabel: "strategy", yLabel: "probability",
      categories: isNamedAlike ? game.strategyNames[0] : (0..<longest).map { String($0 + 1) })
  }

  /// A list of equilibria.
  func report(_ title: String, set found: [FiniteEquilibrium], seed: UInt64, notes: [String], fields more: Record)
    -> ResultObject
  {
    var fields: Record = [
      "count": .integer(found.count),
      "equilibria": .list(
        found.map {
          .record([
            "profile": .list($0.profile.map { .numbers($0) }), "utilities": .numbers($0.utilities),
            "regrets": .numbers($0.regrets), "max_regret": .number($0.maximumRegret),
          ])
        }),
    ]
    for field in more.fields { fields[field.name] = field.value }
    return report(title, found, seed: seed, converged: true, notes: notes, fields: fields)
  }

  /// A value, or 0 where it is nothing beside the payoffs: for tables, in which -1e-32 would only puzzle.
  func withoutRounding(_ value: Double) -> Double {
    let largest = game.utilities.joined().reduce(0) { max($0, abs($1)) }
    return abs(value) <= 1e-13 * largest ? 0 : value
  }

  static func counted(_ count: Int, _ what: String) -> String {
    count == 0
      ? "no \(what)" : count == 1 ? "one \(what)" : "\(count) \(what.replacing("equilibrium", with: "equilibria"))"
  }
}
