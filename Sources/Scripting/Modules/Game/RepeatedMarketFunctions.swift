import Solvers

/// Markets of providers who learn to bid.
enum RepeatedMarketFunctions {
  static func all(_ context: RunContext) -> [Function] { [repeatedMarket(context), plotRegret] }

  private static func repeatedMarket(_ context: RunContext) -> Function {
    let values = Parameter.numbers("values", "v: what winning is worth to each provider, above 0", unit: "money")
    let loads = Parameter.numbers(
      "loads", "A: what a unit of bid owes the member, per provider or one for all, at least 0", scalar: true,
      default: [0], defaultText: "0")
    let bids = Parameter.numbers("bids", "the bids to choose from, at least 0", unit: "money")
      .optional("21 even steps from 0 to twice the largest bid at equilibrium")
    let learners = LearnerOption.parameter("provider")
    let rounds = Parameter<Int>.integer("rounds", "how many", default: 10_000, domain: .between(1, 1e9))
    let seed = LearnerOption.seed
    return Function(
      Signature(
        "game.repeated_market",
        "Providers who bid for a member's quality or freshness round after round, and learn from what came of it.",
        [values, loads, bids, learners, rounds, seed],
        result: """
          a result with bid (the mean of all rounds), late_bid (of the second half), equilibrium_bid (continuous) and \
          utility as columns; strategies (how often each bid of the grid was made), bids, total_curve, coarse_gap, \
          regret_curves, bound_curves, steps, learners, iterations, converged, max_regret, seed
          """,
        errors: ["EmptyInput", "ShapeMismatch", "NotFinite", "InvalidParameter", "NoCompetition", "Interrupted"],
        source: "the contest of FL-NFT (13), PMS-AM (16), corrected",
        example: "game.repeated_market{ values = { 10, 10, 12 }, learners = \"regret_matching\", rounds = 1000 }")
    ) { arguments in
      let grid = try arguments[bids] ?? evenGrid(values: arguments[values], loads: arguments[loads])
      let market = try RepeatedMarket(values: arguments[values], loads: arguments[loads], grid: grid)
      let outcome = try market.run(
        rules: arguments[learners], rounds: arguments[rounds], seed: arguments[seed].map { UInt64($0) } ?? context.seed,
        cancellation: context.cancellation)
      return .object(report(outcome, grid: grid))
    }
  }

  private static func evenGrid(values: [Double], loads: [Double]) throws -> [Double] {
    let top = 2 * (try BidContest.equilibrium(values: values, loads: loads).bids.max() ?? 0)
    return (0...20).map { Double($0) / 20 * top }
  }

  private static func report(_ outcome: RepeatedMarket.Outcome, grid: [Double]) -> ResultObject {
    let report = outcome.report
    let names = outcome.averageBids.indices.map { "provider \($0 + 1)" }
    var fields: Record = [
      "bid": .numbers(outcome.averageBids), "late_bid": .numbers(outcome.lateBids),
      "equilibrium_bid": .numbers(outcome.equilibrium.bids), "utility": .numbers(report.averageUtilities),
      "strategies": .list(report.frequencies.map { .numbers($0) }), "bids": .numbers(grid),
      "total_curve": .numbers(outcome.totalCurve), "max_regret": .number(report.coarseCorrelatedGap),
    ]
    for field in LearnerOption.fields(report).fields { fields[field.name] = field.value }
    let table = TextTable(
      "",
      [
        .init("provider", .integers(Array(1...names.count))), .init("learner", .text(report.rules.map(\.rawValue))),
        .init("bid", .numbers(outcome.averageBids)), .init("late bid", .numbers(outcome.lateBids)),
        .init("equilibrium bid", .numbers(outcome.equilibrium.bids)),
        .init("utility", .numbers(report.averageUtilities)), .init("regret", .numbers(report.playedRegrets)),
      ])
    return ResultObject(
      "market of \(names.count) learning providers, \(report.rounds) rounds", fields: fields, tables: [table],
      notes: [
        "what was bid is within \(NumberFormat.readable(report.coarseCorrelatedGap)) of a coarse correlated equilibrium on the grid"
      ], pictures: [Picture("regret", LearningPayload(report: report, names: names).plot)],
      payload: LearningPayload(report: report, names: names))
  }

  private static var plotRegret: Function {
    let report = Parameter<ResultObject>.object(
      "report", "whose regrets", "a result of normalform:learn or game.repeated_market")
    return Function(
      Signature(
        "game.plot_regret", "Draws each learner's regret a round over the rounds, and the bounds that hold for it.",
        [report], result: "a plot on logarithmic axes, in which regrets of 0 and less are gaps",
        errors: ["InvalidParameter"],
        example: "game.plot_regret(game.repeated_market{ values = { 10, 12 }, rounds = 500 })")
    ) { arguments in
      guard let payload = arguments[report].payload as? LearningPayload else {
        throw ScriptError.invalidParameter(
          "option 'report' must be a result of normalform:learn or game.repeated_market")
      }
      return .object(PlotObject(payload.plot))
    }
  }
}

extension LearningPayload {
  /// Each learner's regret a round over the rounds, with the bounds that hold for it.
  var plot: Plot {
    let learning = report
    func series(_ name: String, _ values: [Double]) -> Plot.Series {
      Plot.Series(
        name: name, points: zip(learning.checkpoints, values).map { Plot.Point(x: Double($0), y: $1) })
    }
    var drawn = zip(names, learning.regretCurves).map { series($0, $1) }
    var bounded: Set<[Double]> = []
    for (rule, bounds) in zip(learning.rules, learning.boundCurves) {
      // Players of one rule and range share a bound.
      if let bounds, bounded.insert(bounds).inserted { drawn.append(series("bound of \(rule.rawValue)", bounds)) }
    }
    return Plot(
      series: drawn, title: "regret a round", xLabel: "rounds", yLabel: "regret", xScale: .logarithmic,
      yScale: .logarithmic)
  }
}
