import Solvers

/// The mechanisms of Network3 as objects, to run and to audit.
enum MarketMechanismFunctions {
  static func all(_ context: RunContext) -> [Function] { [procurement, extraction(context)] }

  private static var procurement: Function {
    let providers = Parameter<Int>.integer("providers", "how many have data", domain: .between(1, 10_000))
    let unitCost = Parameter<Double>.number("unit_cost", "u", default: 1, domain: .money)
    let curvature = Parameter<Double>.number(
      "curvature", "v, of costs gamma (u x + v x^2 / 2)", default: 1, domain: .money)
    let supply = Parameter<Double>.number(
      "largest_supply", "the most that a provider may have", default: 1, domain: .money)
    let lowest = Parameter<Double>.number("lowest_type", "the least cost type gamma", default: 0.5, domain: .money)
    let highest = Parameter<Double>.number("highest_type", "the largest cost type", default: 2, domain: .money)
    let deposit = Parameter<Double>.number(
      "deposit", "what a provider loses that cannot deliver", unit: "money", default: 0, domain: .money)
    return Function(
      Signature(
        "auction.data_procurement", "Data bought with Vickrey-Clarke-Groves payments, as a mechanism.",
        [
          providers, ProcurementOption.family, ProcurementOption.scale, ProcurementOption.saturation, unitCost,
          curvature, supply, lowest, highest, deposit,
        ],
        result: "a mechanism whose providers report a supply and a cost type", errors: ProcurementOption.errors,
        source: "Network3 (6), (10), (11)",
        example: "auction.data_procurement{ providers = 3, income = \"sqrt\", scale = 4 }")
    ) { arguments in
      guard arguments[lowest] <= arguments[highest] else {
        throw ScriptError.invalidParameter("option 'highest_type' must be at least 'lowest_type'")
      }
      return .object(
        MechanismObject(
          try ProcurementMechanism(
            DataProcurement(
              income: ConcaveIncome(
                arguments[ProcurementOption.family], scale: arguments[ProcurementOption.scale],
                saturation: arguments[ProcurementOption.saturation]),
              quality: [1], unitCosts: [arguments[unitCost]], curvature: [arguments[curvature]]),
            providers: arguments[providers], largestSupply: arguments[supply],
            costTypes: arguments[lowest]...arguments[highest], deposit: arguments[deposit])))
    }
  }

  private static func extraction(_ context: RunContext) -> Function {
    let valuations = ProcurementOption.lists(
      "valuations", "what access is worth to each type (column) of each user (row)", unit: "money")
    let prior = Parameter.numbers(
      "prior", "the probability of each profile of types, the first user's type slowest")
    let form = Parameter<Extraction>.choice(
      "extraction", "all value is paid at every profile, or each type expects to pay its value", default: .interim)
    return Function(
      Signature(
        "auction.full_extraction", "Cremer and McLean's payments as a mechanism; audit it with its own prior.",
        [valuations, prior, form], result: "a mechanism whose users report { valuation, number of the type }",
        errors: ProcurementOption.errors + ["InvalidPrior", "Infeasible"], source: "Network3 (12)",
        example: "auction.full_extraction{ valuations = { { 4, 1 }, { 3, 1 } }, prior = { 0.4, 0.1, 0.1, 0.4 } }")
    ) { arguments in
      .object(
        MechanismObject(
          try ExtractionMechanism(
            CremerMcLean(valuations: arguments[valuations], prior: arguments[prior]), extraction: arguments[form],
            cancellation: context.cancellation)))
    }
  }
}
