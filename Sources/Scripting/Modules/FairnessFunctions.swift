import Solvers

/// Whether a federation pays its way, and how fairly it treats whom it pays.
enum FairnessFunctions {
  static var all: [Function] { [accounts, fairness, offering] }

  private static var accounts: Function {
    let providerPayments = Parameter.numbers("provider_payments", "what each provider is paid", unit: "money")
    let providerCosts = Parameter.numbers("provider_costs", "what each provider bears", unit: "money")
    let userPayments = Parameter.numbers(
      "user_payments", "what each user receives: below 0 when it pays", unit: "money")
    let userValues = Parameter.numbers("user_values", "what access is worth to each user", unit: "money")
    let operatingCost = Parameter<Double>.number(
      "operating_cost", "what running the federation costs", unit: "money", default: 0, domain: .finite)
    return Function(
      Signature(
        "audit.federation_accounts", "The budget statement of a federation, and what everybody is left with.",
        [providerPayments, providerCosts, userPayments, userValues, operatingCost],
        result: """
          a result with income, expenditure, profit, social_surplus, provider_utilities, user_utilities, \
          individually_rational, budget_balanced, weakly_balanced
          """,
        errors: ["ShapeMismatch", "NotFinite"], source: "Network3 (7), (8), appendix A",
        example: """
          audit.federation_accounts{ provider_payments = { 3, 4.5 }, provider_costs = { 1, 4 },
            user_payments = { -5, -3.5 }, user_values = { 6, 4 }, operating_cost = 1 }
          """)
    ) { arguments in
      let accounts = try FederationAccounts(
        providerPayments: arguments[providerPayments], providerCosts: arguments[providerCosts],
        userPayments: arguments[userPayments], userValues: arguments[userValues],
        operatingCost: arguments[operatingCost])
      let lines: [(String, Double)] = [
        ("income from users", accounts.income), ("paid to providers", accounts.expenditure),
        ("profit", accounts.profit), ("operating cost", accounts.operatingCost),
        ("social surplus", accounts.socialSurplus),
      ]
      return .object(
        ResultObject(
          "accounts of a federation",
          fields: [
            "income": .number(accounts.income), "expenditure": .number(accounts.expenditure),
            "profit": .number(accounts.profit), "social_surplus": .number(accounts.socialSurplus),
            "provider_utilities": .numbers(accounts.providerUtilities),
            "user_utilities": .numbers(accounts.userUtilities),
            "individually_rational": .boolean(accounts.isIndividuallyRational),
            "budget_balanced": .boolean(accounts.isBudgetBalanced),
            "weakly_balanced": .boolean(accounts.isWeaklyBudgetBalanced),
          ],
          tables: [TextTable("", [.init("", .text(lines.map(\.0))), .init("money", .numbers(lines.map(\.1)))])],
          notes: [
            accounts.isIndividuallyRational ? "nobody loses" : "somebody loses",
            accounts.isBudgetBalanced
              ? "the profit is what running the federation costs"
              : accounts.isWeaklyBudgetBalanced ? "the profit covers the operating cost" : "the budget is broken",
          ]))
    }
  }

  private static var fairness: Function {
    let payments = Parameter.numbers("payments", "what each provider is paid", unit: "money")
    let unitCosts = Parameter.numbers(
      "unit_costs", "what a unit of data costs each provider, at least 0", unit: "money")
    let accepted = Parameter.numbers("accepted", "how much data of each provider is taken, at least 0")
    return Function(
      Signature(
        "audit.fairness", "How fairly providers are paid: envy, proportionality, who has least, Gini's coefficient.",
        [payments, unitCosts, accepted],
        result: "a table with max_envy, envy_free, proportionality_gap, egalitarian, gini, unit_price_variance",
        errors: ["EmptyInput", "ShapeMismatch", "NotFinite", "InvalidParameter", "UndefinedRatio"],
        source: "Network3 appendix A.0.6",
        example: "audit.fairness{ payments = { 5, 4 }, unit_costs = { 0.4, 0.2 }, accepted = { 3, 3 } }.max_envy")
    ) { arguments in
      let measures = try FairnessMeasures(
        payments: arguments[payments], unitCosts: arguments[unitCosts], accepted: arguments[accepted])
      return .record([
        "max_envy": .number(measures.largestEnvy), "envy_free": .boolean(measures.isEnvyFree),
        "proportionality_gap": .number(measures.proportionalityGap), "egalitarian": .number(measures.egalitarian),
        "gini": .number(measures.gini), "unit_price_variance": .number(measures.unitPriceVariance),
      ])
    }
  }

  private static var offering: Function {
    let claimed = Parameter.numbers("claimed", "how much data each provider offers, at least 0")
    let owned = Parameter.numbers("owned", "how much it has")
    let quality = Parameter<ConcaveIncome.Family>.choice(
      "quality", "what a model of X units of data is worth: A sqrt(X), A ln(1 + X / B), A (1 - exp(-X / B)) or A X"
    ).optional()
    let scale = Parameter<Double>.number("scale", "A", default: 1, domain: .money)
    let saturation = Parameter<Double>.number("saturation", "B, above 0", default: 1)
    return Function(
      Signature(
        "audit.data_offering_rate", "Which part of their data providers offer, and the quality of a model made of it.",
        [claimed, owned, quality, scale, saturation],
        result: "a table with rate, claimed and, when quality is given, model_quality",
        errors: ["EmptyInput", "ShapeMismatch", "NotFinite", "InvalidParameter", "OverClaim", "UndefinedRatio"],
        source: "Network3 appendix A.0.4",
        example: "audit.data_offering_rate{ claimed = { 3, 2 }, owned = { 4, 2.5 } }.rate")
    ) { arguments in
      let offering = try DataOffering(claimed: arguments[claimed], owned: arguments[owned])
      var record: Record = ["rate": .number(offering.rate), "claimed": .number(offering.claimed)]
      if let family = arguments[quality] {
        let quality = try ConcaveIncome(family, scale: arguments[scale], saturation: arguments[saturation])
        record["model_quality"] = .number(offering.modelQuality(quality))
      }
      return .record(record)
    }
  }
}
