import Solvers

/// The members' side of the game.
enum MemberFunctions {
  static var all: [Function] { [fairUtility, bestResponse, memberUtility, roundIterations, memberStrategy] }

  private static let mode = Parameter<EffortMode>.choice(
    "mode", "whether one effort serves all providers, or each gets its own", default: .shared)

  private static var fairUtility: Function {
    let efforts = Parameter.numbers("efforts", "x: iterations or privacy budgets", scalar: true)
    return Function(
      Signature(
        "game.fair_utility", "h(x) = x^(1 - sigma) / (1 - sigma), or ln x at sigma = 1: the utility of effort.",
        [efforts, GameOption.concavity], result: "a list, one per effort",
        errors: ["EmptyInput", "NotFinite", "InvalidParameter"], source: "FL-NFT (11), PMS-AM (14)",
        example: "game.fair_utility{ efforts = { 0, 1, 4 }, concavity = 0.5 }")
    ) { arguments in
      .numbers(try IncentiveModel.fairUtility(arguments[efforts], concavity: arguments[GameOption.concavity]))
    }
  }

  private static var bestResponse: Function {
    Function(
      Signature(
        "game.best_response",
        "k = (delta / C^c)^(1/sigma), epsilon = (delta / C^p)^(1/sigma): each member's best unbounded effort.",
        [GameOption.benefit, GameOption.computationCost, GameOption.privacyCost, GameOption.concavity, mode],
        result: "a table with iterations and privacy_budget: lists, or rows in mode \"per_provider\"",
        errors: ["EmptyInput", "ShapeMismatch", "NotFinite", "InvalidParameter"],
        source: "FL-NFT (18); PMS-AM (22) but for its sign",
        example: "game.best_response{ benefit = { { 3, 4 } }, computation_cost = { 1 }, privacy_cost = { 0.5 } }")
    ) { arguments in
      let benefit = arguments[GameOption.benefit]
      let computation = arguments[GameOption.computationCost]
      let privacy = arguments[GameOption.privacyCost]
      let concavity = arguments[GameOption.concavity]
      switch arguments[mode] {
      case .shared:
        let best = try IncentiveModel.sharedBestResponse(
          benefit: benefit, computationCost: computation, privacyCost: privacy, concavity: concavity)
        return .record(["iterations": .numbers(best.iterations), "privacy_budget": .numbers(best.privacyBudgets)])
      case .perProvider:
        let best = try IncentiveModel.separateBestResponse(
          benefit: benefit, computationCost: computation, privacyCost: privacy, concavity: concavity)
        return .record(["iterations": .matrix(best.iterations), "privacy_budget": .matrix(best.privacyBudgets)])
      }
    }
  }

  private static var memberUtility: Function {
    let iterations = Parameter<NumbersOrMatrix>.numbersOrMatrix(
      "iterations", "k, per member or per member and provider")
    let budget = Parameter<NumbersOrMatrix>.numbersOrMatrix("privacy_budget", "epsilon, likewise")
    return Function(
      Signature(
        "game.member_utility", "Phi = sum_j delta (h(k) + h(epsilon)) - C: what each member is left with.",
        [
          GameOption.benefit, iterations, budget, GameOption.computationCost, GameOption.privacyCost,
          GameOption.concavity, mode,
        ], result: "a list, one per member", errors: ["EmptyInput", "ShapeMismatch", "NotFinite", "InvalidParameter"],
        source: "FL-NFT (11), PMS-AM (14)",
        example: """
          game.member_utility{ benefit = { { 3, 4 } }, iterations = { 49 }, privacy_budget = { 5 },
            computation_cost = { 1 }, privacy_cost = { 0.5 } }
          """)
    ) { arguments in
      switch (arguments[mode], arguments[iterations], arguments[budget]) {
      case (.shared, .numbers(let iterations), .numbers(let budget)):
        return .numbers(
          try IncentiveModel.memberUtility(
            benefit: arguments[GameOption.benefit], iterations: iterations, privacyBudgets: budget,
            computationCost: arguments[GameOption.computationCost], privacyCost: arguments[GameOption.privacyCost],
            concavity: arguments[GameOption.concavity]))
      case (.perProvider, .matrix(let iterations), .matrix(let budget)):
        return .numbers(
          try IncentiveModel.memberUtility(
            benefit: arguments[GameOption.benefit], iterations: iterations, privacyBudgets: budget,
            computationCost: arguments[GameOption.computationCost], privacyCost: arguments[GameOption.privacyCost],
            concavity: arguments[GameOption.concavity]))
      default:
        throw ScriptError.shapeMismatch(
          "iterations and privacy_budget must be lists in mode \"shared\" and lists of rows in mode \"per_provider\"")
      }
    }
  }

  private static var roundIterations: Function {
    let iterations = Parameter.numbers("iterations", "k, not rounded, at least 0")
    let mode = Parameter<IterationRounding>.choice("mode", "down, or to the better neighbour", default: .floor)
    let benefit = Parameter.numbers(
      "benefit", "delta of each member, read in mode \"best\"", unit: "money", scalar: true
    ).optional()
    let cost = Parameter.numbers("computation_cost", "C^c, read in mode \"best\"", unit: "money", scalar: true)
      .optional()
    return Function(
      Signature(
        "game.round_iterations", "Whole iterations from the unrounded optimum.",
        [iterations, mode, benefit, cost, GameOption.concavity], result: "a list of whole numbers",
        errors: ["EmptyInput", "ShapeMismatch", "NotFinite", "InvalidParameter"], source: "FL-NFT (19), PMS-AM (23)",
        example: "game.round_iterations{ iterations = { 0.3, 4.9, 7.99 } }")
    ) { arguments in
      switch arguments[mode] {
      case .floor: return .integers(try IncentiveModel.flooredIterations(arguments[iterations]))
      case .best:
        guard let benefit = arguments[benefit], let cost = arguments[cost] else {
          throw ScriptError.invalidParameter(
            "mode \"best\" needs benefit and computation_cost, to tell which is better")
        }
        return .integers(
          try IncentiveModel.bestIterations(
            arguments[iterations], benefit: benefit, computationCost: cost, concavity: arguments[GameOption.concavity]))
      }
    }
  }

  private static var memberStrategy: Function {
    let limit = Parameter.numbers("max_iterations", "k_max, per member or one for all", scalar: true)
    let low = Parameter<Double>.number("min_privacy_budget", "least epsilon, above 0", default: 1)
    let high = Parameter<Double>.number("max_privacy_budget", "largest epsilon", default: 5)
    let rounding = Parameter<IterationRounding>.choice("rounding", "how k becomes whole", default: .floor)
    return Function(
      Signature(
        "game.member_strategy",
        "Best response, within bounds, in whole iterations, for those whom taking part leaves with something.",
        [
          GameOption.benefit, GameOption.computationCost, GameOption.privacyCost, GameOption.concavity, limit, low,
          high,
          rounding,
        ], result: "a table with iterations, privacy_budget and utility: lists, 0 for those who abstain",
        errors: ["EmptyInput", "ShapeMismatch", "NotFinite", "InvalidParameter"],
        source: "FL-NFT (12), (18), (19); PMS-AM (15), (22), (23)",
        example:
          "game.member_strategy{ benefit = { { 3, 4 } }, computation_cost = { 1 }, privacy_cost = { 0.5 }, max_iterations = 20 }"
      )
    ) { arguments in
      let strategies = try IncentiveModel.memberStrategies(
        benefit: arguments[GameOption.benefit], computationCost: arguments[GameOption.computationCost],
        privacyCost: arguments[GameOption.privacyCost], concavity: arguments[GameOption.concavity],
        maximumIterations: arguments[limit], minimumPrivacyBudget: arguments[low],
        maximumPrivacyBudget: arguments[high], rounding: arguments[rounding])
      return .record([
        "iterations": .integers(strategies.iterations), "privacy_budget": .numbers(strategies.privacyBudgets),
        "utility": .numbers(strategies.utilities),
      ])
    }
  }
}
