import Core

/// Whole economies, week by week.
enum SimulationFunctions {
  static func all(_ context: RunContext) -> [Function] { [simulate(context)] }

  /// Rows times columns stay within what a machine holds.
  private static let mostRows = 4_000_000
  /// Agents times weeks times runs times subsets.
  private static let mostAgentWeeks = 1e11

  private static func simulate(_ context: RunContext) -> Function {
    let agents = AgentOption.parameter
    let weeks = Parameter<Int>.integer("weeks", "how many", unit: "weeks", default: 520, domain: .between(0, 100_000))
    let runs = Parameter<Int>.integer(
      "runs", "of each subset, each with shocks of its own", default: 1, domain: .between(1, 1_000_000))
    let sweep = Sweep.parameter
    let supply = Parameter.tokens("supply", "all tokens of genesis", default: TokenDistribution.defaultSupply)
    let mode = StakingFunctions.mode
    let seed = Parameter<Int>.integer("seed", "of the random shocks", domain: .nonNegative).optional("the run's")
    let options = ScenarioOption.all.map(\.parameter)
    return Function(
      Signature(
        "token.simulate",
        "An economy of agents over weeks: release, fees, staking, roles, slashing, trade; no token is ever lost.",
        [weeks, runs, agents, sweep, seed, supply, mode] + options,
        result: """
          an economy: its fields are columns over all rows (simulation, subset, run, step, supply, price, ...), and it \
          can be drawn and saved
          """,
        errors: TokenMoney.errors + [
          "InvalidRate", "InflationCapExceeded", "InvalidSchedule", "CommitteeTooSmall", "NoParticipants",
          "InvalidLockPeriod", "DuplicateId", "InvalidSeverity", "ZeroWeight", "ZeroCirculation", "Interrupted",
        ],
        source: "specification 2.1-2.6; the market and the agents are ours, docs/tokens.md",
        example: """
          token.simulate{ weeks = 26, runs = 4, sweep = { burn_bps = { 0, 5000 } } }
          token.simulate{ weeks = 10, agents = {
            { name = "holders", behaviour = function(seen) return { stake = seen.liquid } end, count = 5 } } }
          """)
    ) { arguments in
      let chosen = arguments[agents]
      var scenario = EconomyScenario(groups: chosen.groups)
      scenario.supply = arguments[supply]
      scenario.boost = arguments[mode]
      for (option, parameter) in zip(ScenarioOption.all, options) { option.write(&scenario, arguments[parameter]) }
      let subsets = try arguments[sweep].subsets(of: scenario)
      let (total, agentCount) = (
        subsets.count * arguments[runs], chosen.groups.reduce(0) { $0 + max(0, min($1.count, 1_000_000)) }
      )
      try refuseTheImpossible(runs: total, weeks: arguments[weeks], agents: agentCount)

      let bar = ProgressBar(context, unit: "run", total: total)
      defer { bar.finish() }
      let seed = arguments[seed].map { UInt64($0) } ?? context.seed
      let ensemble =
        if chosen.functions.isEmpty {
          try EconomyEnsemble(
            subsets.map(\.scenario), weeks: arguments[weeks], runs: arguments[runs], seed: seed,
            threads: context.threads, cancellation: context.cancellation, progress: { bar.show(done: $0) })
        } else {
          try EconomyEnsemble(
            subsets.map(\.scenario),
            custom: chosen.functions.map { function in
              LuaBehaviour(function: function, machine: arguments.stack.machine).decide
            }, weeks: arguments[weeks], runs: arguments[runs], seed: seed, cancellation: context.cancellation,
            progress: { bar.show(done: $0) })
        }
      return .object(
        EconomyObject(
          ensemble, sweptNames: arguments[sweep].axes.map(\.option.name), sweptValues: subsets.map(\.values),
          agentCount: agentCount))
    }
  }

  private static func refuseTheImpossible(runs: Int, weeks: Int, agents: Int) throws {
    let rows = Double(runs) * Double(weeks + 1)
    guard rows <= Double(mostRows) else {
      throw ScriptError.invalidParameter(
        "subsets times runs times weeks make \(NumberFormat.readable(rows)) rows; at most \(mostRows) are kept")
    }
    guard rows * Double(agents) <= mostAgentWeeks else {
      throw ScriptError.invalidParameter(
        "that are \(NumberFormat.readable(rows * Double(agents))) agent-weeks; at most 1e11 are run")
    }
  }
}
