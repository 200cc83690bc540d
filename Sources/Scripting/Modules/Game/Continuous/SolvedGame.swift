import Solvers

/// A solution of a game, as its report keeps it.
struct SolvedGame: VerifiableResult {
  let game: GameObject
  let equilibrium: ContinuousEquilibrium
  let context: RunContext

  func verified(harder factor: Int) throws -> LuaValue {
    let report = try game.game.verify(
      equilibrium.profile, harder: factor, seed: context.seed &+ 1, cancellation: context.cancellation)
    return .object(RegretText.result(report, game))
  }

  /// What users see.
  var result: ResultObject {
    let found = equilibrium
    let profile = found.profile
    let converged = found.converged
    var fields: Record = [
      "profile": game.shown(profile), "utilities": game.byName(found.utilities.map { .number($0) }),
      "converged": .boolean(converged), "max_regret": .number(found.maxRegret),
      "max_relative_regret": .number(found.regret.maxRelativeRegret), "iterations": .integer(found.iterations),
      "method": .string(found.method.description), "seed": .integer(Int(truncatingIfNeeded: found.seed)),
      "starts": .integer(found.multistart.starts), "starts_converged": .integer(found.multistart.converged),
      "equilibria": .list(found.multistart.equilibria.map { game.shown($0) }),
      "advice": .strings(found.advice),
    ]
    fields["contraction"] = found.contraction?.spectralRadius.map { .number($0) }
    if !found.secondOrder.isEmpty {
      fields["second_order"] = game.byName(found.secondOrder.map { .string($0.verdict.rawValue) })
    }
    if let mixed = found.mixed {
      fields["mixed"] = .list(
        zip(mixed.points, mixed.probabilities).map { points, probabilities in
          .record([
            "strategies": .list(points.map { $0.count == 1 ? .number($0[0]) : .numbers($0) }),
            "probabilities": .numbers(probabilities),
          ])
        })
    }
    return ResultObject(
      converged ? "equilibrium" : "no equilibrium found: the profile of least regret", fields: fields,
      tables: [table], notes: notes, pictures: pictures, payload: self)
  }

  private var table: TextTable {
    let found = equilibrium
    let strategies = game.players.indices.map { player in
      found.profile[game.game.ranges[player]].prefix(6).map { NumberFormat.readable($0) }.joined(separator: ", ")
        + (game.game.ranges[player].count > 6 ? ", ..." : "")
    }
    var columns: [TextTable.Column] = [
      .init("player", .text(game.players.map(\.name))),
      game.players.allSatisfy({ $0.strategies.form == .number })
        ? .init("strategy", .numbers(found.profile)) : .init("strategy", .text(strategies)),
      .init("utility", .numbers(found.utilities)), .init("regret", .numbers(found.regret.deviations.map(\.gain))),
    ]
    if !found.secondOrder.isEmpty {
      columns.append(.init("second order", .text(found.secondOrder.map(\.verdict.words))))
    }
    return TextTable("Players", columns)
  }

  private var notes: [String] {
    let found = equilibrium
    var notes = [RegretText.sentence(found.regret)]
    notes.append("\(found.method), \(found.iterations) iterations")
    let starts = found.multistart
    if starts.starts > 1 {
      notes.append(
        starts.agree
          ? "\(starts.starts) starts agree on it"
          : "\(starts.converged) of \(starts.starts) starts found an equilibrium, \(starts.equilibria.count) different")
    }
    if let radius = found.contraction?.spectralRadius {
      notes.append(
        "best responses \(radius < 1 ? "contract" : "do not contract") there: spectral radius "
          + NumberFormat.readable(radius))
    }
    return notes + found.advice
  }
}

extension SecondOrderCondition.Verdict {
  var words: String {
    switch self {
    case .satisfied: "a maximum"
    case .degenerate: "undecided"
    case .violated: "no maximum"
    case .atVertex: "at a corner"
    case .notApplicable: "-"
    }
  }
}

/// What players could gain, in words.
enum RegretText {
  static func sentence(_ report: RegretReport) -> String {
    guard let worst = report.worst, worst.gain > 0 else {
      return "nobody gains by deviating, as far as \(report.evaluations) trials tell"
    }
    let gain = NumberFormat.readable(worst.gain)
    return worst.relativeGain < 1e-6
      ? "the largest gain by deviating is \(gain), in \(report.evaluations) trials"
      : "\(worst.name) gains \(gain) by playing \(NumberFormat.list(worst.strategy)) instead"
  }

  static func result(_ report: RegretReport, _ game: GameObject) -> ResultObject {
    let shown = zip(game.players, report.deviations).map { $0.strategies.shown($1.strategy) }
    return ResultObject(
      "gains by deviating alone",
      fields: [
        "max_regret": .number(report.maxRegret), "max_relative_regret": .number(report.maxRelativeRegret),
        "gain": game.byName(report.deviations.map { .number($0.gain) }), "deviation": game.byName(shown),
        "evaluations": .integer(report.evaluations),
      ],
      tables: [
        TextTable(
          "Players",
          [
            .init("player", .text(report.deviations.map(\.name))),
            .init("gain", .numbers(report.deviations.map(\.gain))),
            .init("by playing", .text(report.deviations.map { NumberFormat.list($0.strategy) })),
          ])
      ], notes: [sentence(report)])
  }
}
