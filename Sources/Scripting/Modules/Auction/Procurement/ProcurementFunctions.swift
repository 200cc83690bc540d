import Solvers
import Tensor

/// Buying data from providers with private costs.
enum ProcurementFunctions {
  static func all(_ context: RunContext) -> [Function] {
    [continuous, levels, continuousAdjustment(context), levelAdjustment(context)]
  }

  private static let adjustments = Parameter.numbers("adjustments", "h, added to each payment", unit: "money")
    .optional()

  private static let supplies = Parameter.matrix(
    "supplies", "what each provider (row) offers of each kind of data (column), at least 0")
  private static let costTypes = Parameter.numbers("cost_types", "gamma of each provider, at least 0")

  private static func fields(_ settlement: ProcurementSettlement) -> Record {
    [
      "surplus": .number(settlement.surplus), "surplus_without": .numbers(settlement.surplusWithout),
      "base_payments": .numbers(settlement.basePayments), "payments": .numbers(settlement.payments),
      "costs": .numbers(settlement.costs), "utilities": .numbers(settlement.utilities),
      "income": .number(settlement.income), "profit": .number(settlement.profit),
      "individually_rational": .boolean(settlement.isIndividuallyRational),
      "weakly_balanced": .boolean(settlement.isWeaklyBudgetBalanced),
    ]
  }

  private static func table(_ settlement: ProcurementSettlement, _ bought: TextTable.Column) -> TextTable {
    TextTable(
      "",
      [
        .init("provider", .integers(settlement.costs.indices.map { $0 + 1 })), bought,
        .init("cost", .numbers(settlement.costs)), .init("payment", .numbers(settlement.payments)),
        .init("utility", .numbers(settlement.utilities)),
      ])
  }

  private static func notes(_ settlement: ProcurementSettlement) -> [String] {
    let (income, profit) = (NumberFormat.readable(settlement.income), NumberFormat.readable(settlement.profit))
    return ["income \(income), surplus \(NumberFormat.readable(settlement.surplus)), profit \(profit)"]
  }

  private static let words = """
    surplus, surplus_without (each provider), base_payments (tau), payments, costs, utilities, income, profit, \
    individually_rational, weakly_balanced
    """

  private static var continuous: Function {
    Function(
      Signature(
        "auction.pvcg", "Buys the data of the largest surplus and pays each provider what its presence adds.",
        [
          ProcurementOption.family, ProcurementOption.scale, ProcurementOption.saturation, supplies, costTypes,
          ProcurementOption.quality, ProcurementOption.unitCosts, ProcurementOption.curvature, adjustments,
        ],
        result: "a result with acceptance (eta, providers by kinds), volume (X), " + words,
        errors: ProcurementOption.errors, source: "Network3 (6), (10), (11)",
        example: """
          auction.pvcg{ income = "sqrt", scale = 10, supplies = { { 2 }, { 3 } }, cost_types = { 1, 1.5 },
            quality = { 1 }, unit_costs = { 0.8 }, curvature = { 0.5 } }
          """)
    ) { arguments in
      let (plan, settlement) = try ProcurementOption.procurement(arguments).settled(
        supplies: arguments[supplies], costTypes: arguments[costTypes], adjustments: arguments[adjustments])
      var record = fields(settlement)
      record["acceptance"] = .matrix(plan.acceptance(of: arguments[supplies]))
      record["volume"] = .number(plan.volume)
      let bought = (0..<plan.amounts.rows).map { plan.amounts.row($0).reduce(0, +) }
      return .object(
        ResultObject(
          "procurement", fields: record, tables: [table(settlement, .init("delivers", .numbers(bought)))],
          notes: notes(settlement), payload: settlement))
    }
  }

  private static let levelCounts = Parameter.integers(
    "levels", "how many levels each provider has, the first being to buy nothing")
  private static let incomeTable = Parameter.numbers(
    "income", "the income at each profile of levels, the first provider's level slowest", unit: "money")

  private static var levels: Function {
    let costs = ProcurementOption.lists(
      "costs", "each provider's cost at each of its levels, 0 at the first", unit: "money")
    return Function(
      Signature(
        "auction.pvcg_levels", "Buys data in steps, whatever their income, by trying every profile of levels.",
        [levelCounts, incomeTable, costs, adjustments],
        result: "a result with levels (0 for nothing), " + words, errors: ProcurementOption.errors + ["InvalidCost"],
        source: "Network3 (11) on a grid",
        example: "auction.pvcg_levels{ levels = { 2, 2 }, income = { 0, 0, 0, 1 }, costs = { { 0, 0.1 }, { 0, 0.2 } } }"
      )
    ) { arguments in
      let procurement = try LevelProcurement(levels: arguments[levelCounts], income: arguments[incomeTable])
      let (levels, settlement) = try procurement.settled(costs: arguments[costs], adjustments: arguments[adjustments])
      var record = fields(settlement)
      record["levels"] = .integers(levels)
      return .object(
        ResultObject(
          "procurement in steps", fields: record, tables: [table(settlement, .init("level", .integers(levels)))],
          notes: notes(settlement), payload: settlement))
    }
  }

  // MARK: Adjustments

  private static let prior = Parameter.numbers(
    "prior", "the probability of each profile of types, the first provider's type slowest")
  private static let programmeErrors = ProcurementOption.errors + ["InvalidPrior", "InvalidCost", "Infeasible"]
  private static let programmeResult = """
    a result with feasible, violation, adjustments (providers by profiles), expected_adjustment, \
    least_unadjusted_profit, expected_unadjusted_profit, contradiction (demands with their weights)
    """

  /// Reads a list with an entry for each provider, each being a list of its types.
  private static func types<Kind>(
    _ name: String, _ summary: String, _ words: String, _ read: @escaping @Sendable (LuaStack, Int32) throws -> Kind
  ) -> Parameter<[[Kind]]> {
    Parameter(
      name: name, summary: summary, typeName: words, unit: nil, domain: nil, fallback: nil, fallbackText: nil,
      choices: []
    ) { stack, index in
      try ListReader.elements(stack, index, expected: words) { provider in
        try ListReader.elements(stack, provider, expected: words) { try read(stack, $0) }
      }
    }
  }

  private static func continuousAdjustment(_ context: RunContext) -> Function {
    let supplyTypes = types(
      "supply_types", "what each type of each provider offers, by kind", "a list of lists of rows"
    ) { try ListReader.numbers($0, $1, expected: "a list of numbers") }
    let costTypes = ProcurementOption.lists("cost_types", "gamma of each type of each provider")
    return Function(
      Signature(
        "auction.pvcg_adjustment",
        "The adjustments that hand back most of the surplus, by linear programme over types.",
        [
          ProcurementOption.family, ProcurementOption.scale, ProcurementOption.saturation, supplyTypes, costTypes,
          ProcurementOption.quality, ProcurementOption.unitCosts, ProcurementOption.curvature, prior,
        ],
        result: programmeResult, errors: programmeErrors, source: "Network3 5.3, h*",
        example: """
          auction.pvcg_adjustment{ income = "log", scale = 9, saturation = 1.5, quality = { 1 }, unit_costs = { 1 },
            supply_types = { { { 2.8 }, { 3.3 } }, { { 0.4 }, { 3 } } }, cost_types = { { 1.8, 0.9 }, { 0.6, 2 } },
            prior = { 0.25, 0.25, 0.25, 0.25 } }
          """)
    ) { arguments in
      let procurement = try ProcurementOption.procurement(arguments)
      let (supplies, costs) = (arguments[supplyTypes], arguments[costTypes])
      guard supplies.map(\.count) == costs.map(\.count) else {
        throw ScriptError.shapeMismatch("every type of a provider needs a supply and a cost type")
      }
      return report(
        try AdjustmentProgramme(
          typeCounts: costs.map(\.count), prior: arguments[prior], cancellation: context.cancellation
        ) { profile in
          guard let matrix = Matrix(profile.indices.map { supplies[$0][profile[$0]] }) else {
            throw ScriptError.shapeMismatch("the supplies must all cover the same kinds of data")
          }
          return try procurement.settled(
            supplies: matrix, costTypes: profile.indices.map { costs[$0][profile[$0]] }
          ).settlement
        })
    }
  }

  private static func levelAdjustment(_ context: RunContext) -> Function {
    let costs = types(
      "cost_types", "the costs at all levels, for each type of each provider", "a list of lists of rows"
    ) { try ListReader.numbers($0, $1, expected: "a list of numbers") }
    return Function(
      Signature(
        "auction.pvcg_levels_adjustment", "The same where data are bought in steps, with any income.",
        [levelCounts, incomeTable, costs, prior], result: programmeResult, errors: programmeErrors,
        source: "Network3 5.3, h*",
        example: """
          auction.pvcg_levels_adjustment{ levels = { 2, 2 }, income = { 0, 0, 0, 1 },
            cost_types = { { { 0, 0.1 }, { 0, 5 } }, { { 0, 0.1 }, { 0, 5 } } }, prior = { 0.25, 0.25, 0.25, 0.25 } }
          """)
    ) { arguments in
      let procurement = try LevelProcurement(levels: arguments[levelCounts], income: arguments[incomeTable])
      let costs = arguments[costs]
      return report(
        try AdjustmentProgramme(
          typeCounts: costs.map(\.count), prior: arguments[prior], cancellation: context.cancellation
        ) { profile in
          try procurement.settled(costs: profile.indices.map { costs[$0][profile[$0]] }).settlement
        })
    }
  }

  private static func report(_ programme: AdjustmentProgramme) -> LuaValue {
    let demands = programme.contradiction.map { demand in
      let what =
        switch demand.kind {
        case .participation(let provider): "provider \(provider + 1) does not lose"
        case .budget: "the income covers the payments"
        }
      return (what: what, types: demand.profile.map { $0 + 1 }, weight: demand.weight)
    }
    let verdict =
      programme.isFeasible
      ? "adjustments return \(NumberFormat.readable(programme.expectedAdjustment)) on average; nobody loses, nothing is put in"
      : "no adjustments will do: the demands above contradict each other by \(NumberFormat.readable(programme.violation))"
    return .object(
      ResultObject(
        "adjustments of a procurement",
        fields: [
          "feasible": .boolean(programme.isFeasible), "violation": .number(programme.violation),
          "adjustments": .list(programme.adjustments.map { .numbers($0) }),
          "expected_adjustment": .number(programme.expectedAdjustment),
          "least_unadjusted_profit": .number(programme.leastUnadjustedProfit),
          "expected_unadjusted_profit": .number(programme.expectedUnadjustedProfit),
          "contradiction": .list(
            demands.map {
              .record(["demand": .string($0.what), "types": .integers($0.types), "weight": .number($0.weight)])
            }),
        ],
        tables: demands.isEmpty
          ? []
          : [
            TextTable(
              "Demands that contradict each other",
              [
                .init("demand", .text(demands.map(\.what))),
                .init("at types", .text(demands.map { $0.types.map(String.init).joined(separator: ", ") })),
                .init("weight", .numbers(demands.map(\.weight))),
              ])
          ], notes: [verdict], payload: programme))
  }
}
