import Core
import Solvers
import Tensor

/// `federation:train`.
extension FederationObject {
  static func train(_ context: RunContext) -> Function {
    let rounds = Parameter<Int>.integer("rounds", "how many", default: 1, domain: .between(1, 1_000_000))
    let strategy = StrategyOption.parameter.optional("iterations and privacy_budget count")
    let iterations = Parameter.numbers(
      "iterations", "k: local iterations, per member or one for all; 0 abstains", scalar: true, default: [5],
      defaultText: "5")
    let budget = Parameter.numbers(
      "privacy_budget", "epsilon of each release, per member or one for all", scalar: true, default: [5],
      defaultText: "5")
    let select = SelectOption.parameter
    let aggregate = Parameter<LuaReference>.function(
      "aggregate", "makes the new model, a tensor, of updates and state, in place of the federation's rule"
    ).optional("the federation's rule")
    return .method(
      Signature(
        "federation:train",
        "Trains: each member from the present model, then the server makes one of what they hand in.",
        [
          rounds, strategy, iterations, budget, select, SelectOption.participants, SelectOption.rate,
          SelectOption.candidates, aggregate,
        ],
        result: "a result with round, accuracy, loss, simulated_seconds, energy and more as columns",
        errors: [
          "EmptyInput", "ShapeMismatch", "NotFinite", "InvalidParameter", "UndefinedRatio", "Diverged", "Interrupted",
        ],
        source: "PMS-AM section 3.1; McMahan et al. 2017; docs/aggregation.md",
        example: """
          fed:train{ rounds = 5, iterations = 2 }
          fed:train{ rounds = 5, strategy = function(fed) return game.iisg{ federation = fed } end }
          fed:train{ rounds = 3, select = "uniform", participants = 2 }
          fed:train{
            aggregate = function(updates, state)
              local sum, weight = tensor.zeros{ #state.global }, 0
              for _, update in ipairs(updates) do
                sum, weight = sum + update.parameters * update.weight, weight + update.weight
              end
              return sum / weight
            end,
          }
          """)
    ) { (object: FederationObject, arguments) in
      let fixed = try object.plans(iterations: arguments[iterations], budgets: arguments[budget])
      let first = object.rounds.count
      let bar = ProgressBar(context, unit: "round", total: arguments[rounds])
      defer { bar.finish() }
      for round in 0..<arguments[rounds] {
        let selection = try arguments[select].selection(of: object, arguments, context)
        var plans = try arguments[strategy]?.plans(for: object) ?? fixed
        for member in plans.indices where !selection.members.contains(member) { plans[member] = .abstain }
        let report = try object.train(
          plans: plans,
          directions: try object.directions(sampling: selection.sampling, aggregate: arguments[aggregate]),
          progress: { bar.show(done: Double(round) + $0.fraction) },
          cancellation: context.cancellation)
        bar.note("accuracy \(NumberFormat.fixed(100 * report.accuracy, 2)) %")
      }
      return .object(RoundTables.rounds(Array(object.rounds[first...]), "training"))
    }
  }

  private func directions(sampling: RecordSampling?, aggregate: LuaReference?) throws -> RoundDirections {
    guard let aggregate else { return RoundDirections(sampling: sampling) }
    let rule = LuaAggregation(
      function: aggregate, machine: aggregate.stack.machine, state: try aggregationState(aggregate.stack.machine))
    let round = federation.round + 1
    return RoundDirections(
      sampling: sampling, aggregate: { try rule.aggregate(global: $0, updates: $1, round: round) })
  }

  private func plans(iterations: [Double], budgets: [Double]) throws -> [MemberPlan] {
    let count = federation.members.count
    for (name, values) in [("iterations", iterations), ("privacy_budget", budgets)] {
      guard values.count == 1 || values.count == count else {
        throw ScriptError.shapeMismatch(
          "option '\(name)' needs one number, or one for each of the \(count) members, got \(values.count)")
      }
    }
    return try (0..<count).map { member in
      let wanted = iterations.count == 1 ? iterations[0] : iterations[member]
      guard let whole = Int(exactly: wanted) else {
        throw ScriptError.invalidParameter(
          "option 'iterations' must be whole numbers, got \(NumberFormat.shortest(wanted))")
      }
      return MemberPlan(iterations: whole, epsilon: budgets.count == 1 ? budgets[0] : budgets[member])
    }
  }
}
