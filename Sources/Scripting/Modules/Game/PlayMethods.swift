import Solvers

/// Ways of playing a game in normal form until it settles.
enum PlayMethods {
  static func all(_ context: RunContext) -> [Function] {
    [fictitiousPlay(context), logit(context), replicator(context), learn(context)]
  }

  private static let result = "profile, utilities, regrets, max_regret, iterations, converged, seed"
  private static let start = StrategyChoice.profile("start", "where to start")

  private static func fictitiousPlay(_ context: RunContext) -> Function {
    let rounds = Parameter<Int>.integer("rounds", "at most", default: 10_000, domain: .between(1, 1e9))
    let tolerance = Parameter<Double>.number(
      "tolerance", "ends once no regret exceeds this part of its player's range of payoffs", default: 1e-3,
      domain: .money)
    let start = start.optional("even beliefs")
    return .method(
      Signature(
        "normalform:fictitious_play", "Everybody plays a best response to what the others played so far on average.",
        [rounds, tolerance, start],
        result: "a result with \(result), steps and regret_curve (the largest regret at each of the steps)",
        errors: ["EmptyInput", "ShapeMismatch", "NotFinite", "InvalidParameter", "NotStochastic", "Interrupted"],
        source: "Brown 1951; Robinson 1951", example: NormalFormObject.example("fictitious_play{ rounds = 1000 }"))
    ) { (object: NormalFormObject, arguments) in
      let outcome = try object.game.fictitiousPlay(
        rounds: arguments[rounds], tolerance: arguments[tolerance],
        start: try arguments[start].map(object.mixtures), cancellation: context.cancellation)
      return .object(object.playReport("fictitious play", outcome, seed: context.seed))
    }
  }

  private static func logit(_ context: RunContext) -> Function {
    let rationality = Parameter<Double>.number(
      "rationality", "lambda: 0 mixes evenly, larger ones come closer to best responses", default: 1, domain: .money)
    let iterations = Parameter<Int>.integer("iterations", "at most", default: 100_000, domain: .between(1, 1e9))
    return .method(
      Signature(
        "normalform:logit", "The logit quantal response equilibrium on the branch that begins at rationality 0.",
        [rationality, iterations],
        result: """
          a result with rationality, residual (how far its equation is from holding), path (the branch up to there: \
          entries with rationality and profile; none for games of more than 200 strategies) and \(result)
          """,
        errors: ["NotFinite", "InvalidParameter", "Interrupted"], source: "McKelvey and Palfrey 1995; Turocy 2005",
        example: NormalFormObject.example("logit{ rationality = 2 }"))
    ) { (object: NormalFormObject, arguments) in
      let outcome = try object.game.logitEquilibrium(
        rationality: arguments[rationality], iterations: arguments[iterations], cancellation: context.cancellation)
      return .object(
        object.report(
          "logit equilibrium at rationality \(NumberFormat.readable(outcome.rationality))", [outcome.equilibrium],
          seed: context.seed, converged: outcome.converged,
          notes: outcome.converged
            ? []
            : [
              "not converged: a probability is still \(NumberFormat.readable(outcome.residual)) from its response; "
                + "try more iterations or less rationality"
            ],
          fields: [
            "rationality": .number(outcome.rationality), "residual": .number(outcome.residual),
            "path": .list(
              outcome.path.map {
                .record([
                  "rationality": .number($0.rationality), "profile": .list($0.profile.map { .numbers($0) }),
                ])
              }),
          ]))
    }
  }

  private static func replicator(_ context: RunContext) -> Function {
    let time = Parameter<Double>.number(
      "time", "how long, in units in which the widest range of payoffs is 1", default: 100, domain: .positive)
    let step = Parameter<Double>.number(
      "step", "of time, for Runge and Kutta's method", default: 0.05, domain: .positive)
    let start = start.optional("a little off the middle")
    return .method(
      Signature(
        "normalform:replicator", "Populations in which strategies grow as they do better than the mean.",
        [time, step, start],
        result:
          "a result with \(result), steps and regret_curve; converged says that the regret is below 1e-6 of the range",
        errors: ["EmptyInput", "ShapeMismatch", "NotFinite", "InvalidParameter", "NotStochastic", "Interrupted"],
        source: "Taylor and Jonker 1978",
        example: NormalFormObject.example("replicator{ start = { { 0.6, 0.4 }, { 0.5, 0.5 } } }"))
    ) { (object: NormalFormObject, arguments) in
      let outcome = try object.game.replicatorDynamics(
        start: try arguments[start].map(object.mixtures), time: arguments[time], step: arguments[step],
        cancellation: context.cancellation)
      return .object(object.playReport("replicator dynamics", outcome, seed: context.seed))
    }
  }

  private static func learn(_ context: RunContext) -> Function {
    let learners = LearnerOption.parameter("player")
    let rounds = Parameter<Int>.integer("rounds", "how many", default: 10_000, domain: .between(1, 1e9))
    let seed = LearnerOption.seed
    return .method(
      Signature(
        "normalform:learn", "Lets learners play the game round after round.", [learners, rounds, seed],
        result: """
          a result with profile (the mean mixtures), utilities, regrets and max_regret of that as independent draws; \
          played_utilities, distribution and probabilities (how often each profile was played), coarse_gap (the largest \
          regret of what was played), steps, regret_curves and bound_curves (a list for each player, a round), \
          learners, iterations, converged (whether every bound that there is holds), seed
          """,
        errors: ["EmptyInput", "ShapeMismatch", "InvalidParameter", "Interrupted"],
        source: "Hart and Mas-Colell 2000; Freund and Schapire 1997; Auer et al. 2002",
        example: NormalFormObject.example("learn{ learners = { \"hedge\", \"regret_matching\" }, rounds = 1000 }"))
    ) { (object: NormalFormObject, arguments) in
      let learning = try object.game.learn(
        rules: arguments[learners], rounds: arguments[rounds], seed: arguments[seed].map { UInt64($0) } ?? context.seed,
        cancellation: context.cancellation)
      return .object(object.learningReport(learning))
    }
  }
}

extension NormalFormObject {
  fileprivate func playReport(_ title: String, _ outcome: PlayOutcome, seed: UInt64) -> ResultObject {
    report(
      title, [outcome.final], seed: seed, converged: outcome.converged,
      notes: outcome.converged ? [] : ["not converged: more steps may help, or the process may run in a circle"],
      fields: ["steps": .integers(outcome.steps), "regret_curve": .numbers(outcome.regrets)],
      pictures: [Picture("regret", self.regretPlot(outcome))])
  }

  /// How far the course was from an equilibrium, step by step.
  private func regretPlot(_ outcome: PlayOutcome) -> Plot {
    let points = zip(outcome.steps, outcome.regrets).map { Plot.Point(x: Double($0), y: $1) }
    return Plot(
      series: [.init(name: "", points: points)], title: "regret", xLabel: "step", yLabel: "max regret",
      xScale: .logarithmic, yScale: .logarithmic)
  }

  fileprivate func learningReport(_ learning: GameLearning) -> ResultObject {
    let report = learning.report
    let state = learning.average
    var fields: Record = [
      "profile": .list(state.profile.map { .numbers($0) }), "utilities": .numbers(state.utilities),
      "regrets": .numbers(state.regrets), "max_regret": .number(state.maximumRegret),
      "probabilities": .numbers(learning.jointFrequencies),
    ]
    for field in LearnerOption.fields(report).fields { fields[field.name] = field.value }
    let drawn = distributionReport("", learning.jointFrequencies, fields: [:], notes: [])
    fields["distribution"] = drawn.fields["distribution"]
    let players = TextTable(
      "Players",
      [
        .init("player", .text(game.playerNames)), .init("learner", .text(report.rules.map(\.rawValue))),
        .init("mean mixture", .text(state.profile.enumerated().map { words($1, of: $0) })),
        .init("utility", .numbers(report.averageUtilities)), .init("regret", .numbers(report.playedRegrets)),
      ])
    return ResultObject(
      "\(report.rounds) rounds of learning", fields: fields, tables: [players],
      notes: [
        "what was played is within \(NumberFormat.readable(report.coarseCorrelatedGap)) of a coarse correlated equilibrium",
        "the mean mixtures, drawn independently, have regret \(NumberFormat.readable(state.maximumRegret))",
      ], pictures: [Picture("regret", LearningPayload(report: report, names: self.game.playerNames).plot)],
      payload: LearningPayload(report: report, names: game.playerNames))
  }
}
