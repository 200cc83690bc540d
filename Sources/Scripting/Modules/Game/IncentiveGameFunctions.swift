import Core
import Solvers
import Tensor

/// The whole incentive game: one round under given bids, and its equilibrium.
enum IncentiveGameFunctions {
  private static let errors = [
    "EmptyInput", "ShapeMismatch", "NotFinite", "InvalidParameter", "UndefinedRatio", "NoCompetition", "Infeasible",
  ]
  private static let qualityAttention = Parameter.numbers(
    "quality_attention", "e^Q, per provider or one for all", scalar: true, default: [0.5], defaultText: "0.5")
  private static let freshnessAttention = Parameter.numbers(
    "freshness_attention", "e^F; with e^Q adding to 1", scalar: true, default: [0.5], defaultText: "0.5")
  private static let rounding = Parameter<IterationRounding>.choice(
    "rounding", "how iterations become whole: down, or to the better neighbour", default: .best)

  // MARK: What members report

  private static let ages = Parameter.numbers("ages", "T: age of each member's update, above 0", unit: "s")
  private static let norms = Parameter.numbers("gradient_norm", "|g| of each member, clipped, before noise")
  private static let frequency = Parameter.numbers("frequency", "f: CPU clock of each member", unit: "Hz")

  static var round: Function {
    let qualityBids = Parameter.matrix(
      "quality_bids", "q of the last settled round: members x providers", unit: "money")
    let freshnessBids = Parameter.matrix("freshness_bids", "f, likewise", unit: "money")
    let rounding = Parameter<IterationRounding>.choice("rounding", "how iterations become whole", default: .floor)
    let options = IncentiveOptions()
    let reports: [any AnyParameter] = [GameOption.sizes, GameOption.losses, ages, norms, frequency]
    return Function(
      Signature(
        "game.iisg_round", "One round: assesses the members, prices them with given bids, and lets them respond.",
        reports + [qualityBids, freshnessBids, qualityAttention, freshnessAttention, rounding] + options.parameters,
        result: """
          a table with quality, freshness, quality_ratios, freshness_ratios, benefit, computation_cost, privacy_cost, \
          iterations, privacy_budget, cost, utility and ask
          """, errors: errors, source: "PMS-AM (5)-(23), corrected",
        example: """
          game.iisg_round{ sizes = { 5000, 5000 }, losses = { 0.2, 0.5 }, ages = { 2, 5 }, gradient_norm = { 0.5, 1 },
            frequency = { 3e9, 4e9 }, quality_bids = { { 30, 20 }, { 30, 20 } }, freshness_bids = { { 30, 10 }, { 30, 10 } } }
          """)
    ) { arguments in
      let round = try IncentiveRound.played(
        reports: MemberReports(
          dataSizes: arguments[GameOption.sizes], losses: arguments[GameOption.losses], ages: arguments[ages],
          gradientNorms: arguments[norms], frequencies: arguments[frequency]),
        qualityBids: arguments[qualityBids], freshnessBids: arguments[freshnessBids],
        qualityAttention: arguments[qualityAttention], freshnessAttention: arguments[freshnessAttention],
        parameters: options.values(arguments), rounding: arguments[rounding])
      return .record([
        "quality": .number(round.assessment.quality), "freshness": .number(round.assessment.freshness),
        "quality_ratios": .numbers(round.assessment.qualityRatios),
        "freshness_ratios": .numbers(round.assessment.freshnessRatios), "benefit": .numbers(round.benefits),
        "computation_cost": .numbers(round.assessment.computationCost),
        "privacy_cost": .numbers(round.assessment.privacyCost), "iterations": .integers(round.strategies.iterations),
        "privacy_budget": .numbers(round.strategies.privacyBudgets), "cost": .numbers(round.costs),
        "utility": .numbers(round.strategies.utilities), "ask": .number(round.ask),
      ])
    }
  }

  // MARK: The equilibrium

  static func iisg(_ context: RunContext) -> Function {
    let federation = Parameter<FederationObject>.object(
      "federation", "whose members play; it is asked for their reports", "a federation"
    ).optional("the reports are given as lists")
    let sizes = GameOption.sizes.optional()
    let losses = GameOption.losses.optional()
    let ages = ages.optional()
    let norms = norms.optional()
    let frequency = frequency.optional()
    let providers = Parameter<Int>.integer("providers", "M: how many", default: 5, domain: .between(2, 100_000))
    let budgets = Parameter.numbers(
      "budget", "B: what each provider may spend, per provider or one for all", unit: "money", scalar: true,
      default: [1000], defaultText: "1000")
    let variant = GameOption.variant("bids by the printed closed form, judged by the printed objective")
    let options = IncentiveOptions()
    let reports: [any AnyParameter] = [federation, sizes, losses, ages, norms, frequency]
    return Function(
      Signature(
        "game.iisg",
        "Solves the game of members and providers: bids, local iterations, privacy budgets, and who could gain by deviating.",
        reports + [providers, budgets, qualityAttention, freshnessAttention, rounding, variant] + options.parameters,
        result: """
          a result with iterations, privacy_budget, cost, utility, benefit (per member), quality_bids, freshness_bids \
          (members x providers), spending, provider_utility (per provider), quality, freshness, ask, max_regret and more
          """, errors: errors, source: "FL-NFT section IV, PMS-AM section 4, corrected",
        example: "game.iisg{ federation = fed, providers = 5, budget = 1000 }")
    ) { arguments in
      let measured: MemberReports
      let federated = arguments[federation]
      if let federated {
        measured = try federated.reports(cancellation: context.cancellation)
      } else {
        guard let sizes = arguments[sizes], let losses = arguments[losses], let ages = arguments[ages],
          let norms = arguments[norms], let frequency = arguments[frequency]
        else {
          throw ScriptError.invalidParameter(
            "needs a federation, or all of sizes, losses, ages, gradient_norm and frequency")
        }
        measured = MemberReports(
          dataSizes: sizes, losses: losses, ages: ages, gradientNorms: norms, frequencies: frequency)
      }
      let given = arguments[budgets]
      let equilibrium = try IncentiveGame(
        reports: measured, budgets: given.count == 1 ? Array(repeating: given[0], count: arguments[providers]) : given,
        qualityAttention: arguments[qualityAttention], freshnessAttention: arguments[freshnessAttention],
        parameters: options.values(arguments, federated: federated?.gameDevice), rounding: arguments[rounding],
        variant: arguments[variant]
      ).solve(cancellation: context.cancellation)
      return .object(EquilibriumReport.result(equilibrium, reports: measured))
    }
  }
}
