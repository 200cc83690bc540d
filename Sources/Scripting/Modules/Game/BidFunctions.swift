import Solvers

/// The providers' side of the game.
enum BidFunctions {
  static var all: [Function] {
    [
      winProbability, bestBid, bayesianBid, budgetedBids, bidObjective, bidCurvature, providerUtility, bidEquilibrium,
      symmetricEquilibrium,
    ]
  }

  private static let errors = ["EmptyInput", "ShapeMismatch", "NotFinite", "InvalidParameter"]
  private static let bids = Parameter.numbers("bids", "q, at least 0", unit: "money", scalar: true)
  private static let competitors = Parameter.numbers(
    "competitors", "D: what the competitors bid in all, at least 0", unit: "money", scalar: true)
  private static let load = Parameter.numbers("load", "A: what a unit of bid owes the member", scalar: true)
  private static let value = Parameter.numbers(
    "value", "v: what winning is worth, above 0", unit: "money", scalar: true, default: [1], defaultText: "1")

  private static var winProbability: Function {
    let bids = Parameter.matrix(
      "bids", "each member's (row) bids from each provider (column), at least 0", unit: "money")
    let reading = Parameter<WinReading>.choice(
      "reading", "against the competitors' bids to the member, or the provider's own bids to others",
      default: .competitors)
    return Function(
      Signature(
        "game.win_probability", "w: each bid's share of the total that it is measured against.", [bids, reading],
        result: "a list of rows", errors: errors + ["UndefinedRatio"],
        source: "FL-NFT after (14) and (26), PMS-AM after (17) and (30)",
        example: "game.win_probability{ bids = { { 1, 3 }, { 0, 2 } } }")
    ) { arguments in
      .matrix(try BidContest.winProbability(bids: arguments[bids], reading: arguments[reading]))
    }
  }

  private static var bestBid: Function {
    let formula = Parameter<BidFormula>.choice("formula", "corrected, or one of the three printed", default: .corrected)
    return Function(
      Signature(
        "game.best_bid", "max(0, sqrt((D^2 + v D) / (1 + A)) - D): the best bid against a known total.",
        [competitors, load, value, formula], result: "a list, one per coordinate", errors: errors + ["NoCompetition"],
        source: "FL-NFT (25), PMS-AM (29)", example: "game.best_bid{ competitors = { 0.5, 2 }, load = { 0.25, 1 } }")
    ) { arguments in
      .numbers(
        try BidContest.bestBid(
          competitors: arguments[competitors], load: arguments[load], value: arguments[value],
          formula: arguments[formula]))
    }
  }

  private static var bayesianBid: Function {
    let totals = Parameter.numbers("competitors", "the totals that the competitors may bid, above 0", unit: "money")
    let probabilities = Parameter.numbers("probabilities", "how probable each total is")
    let load = Parameter<Double>.number("load", "A, at least 0")
    let value = Parameter<Double>.number("value", "v, above 0", unit: "money", default: 1)
    return Function(
      Signature(
        "game.bayesian_bid", "The bid that is best on average over a law of the competitors' total.",
        [totals, probabilities, load, value], result: "a number", errors: errors + ["NoCompetition", "NotStochastic"],
        source: "ours: bidding against the mean overbids",
        example: "game.bayesian_bid{ competitors = { 0.5, 4 }, probabilities = { 0.5, 0.5 }, load = 0.1 }")
    ) { arguments in
      .number(
        try BidContest.bestBid(
          totals: arguments[totals], probabilities: arguments[probabilities], load: arguments[load],
          value: arguments[value]))
    }
  }

  private static var budgetedBids: Function {
    let budget = Parameter<Double>.number("budget", "B: what all bids together may cost, at least 0", unit: "money")
    return Function(
      Signature(
        "game.budgeted_bids", "The best bids on all coordinates within a budget.", [competitors, load, value, budget],
        result: "a table with bids (a list) and multiplier (the price of the budget)",
        errors: errors + ["NoCompetition"],
        source: "C1 of FL-NFT (14), PMS-AM (17)",
        example: "game.budgeted_bids{ competitors = { 10, 20 }, load = { 0.1, 0.05 }, value = 50, budget = 15 }")
    ) { arguments in
      let best = try BidContest.bestBids(
        competitors: arguments[competitors], load: arguments[load], value: arguments[value], budget: arguments[budget])
      return .record(["bids": .numbers(best.bids), "multiplier": .number(best.multiplier)])
    }
  }

  private static var bidObjective: Function {
    let variant = GameOption.variant("q w - A q, in which the winner receives its own bid")
    return Function(
      Signature(
        "game.bid_objective", "u = (v - q) w - A q: what a bid is worth on one coordinate.",
        [bids, competitors, load, value, variant], result: "a list", errors: errors + ["UndefinedRatio"],
        source: "one term of FL-NFT (13), PMS-AM (16)",
        example: "game.bid_objective{ bids = { 0, 0.2, 0.9 }, competitors = 0.5, load = 0.25 }")
    ) { arguments in
      .numbers(
        try BidContest.objective(
          bids: arguments[bids], competitors: arguments[competitors], load: arguments[load], value: arguments[value],
          variant: arguments[variant]))
    }
  }

  private static var bidCurvature: Function {
    let form = Parameter<CurvatureForm>.choice(
      "form", "of the corrected objective, of the printed one, or as printed", default: .corrected)
    return Function(
      Signature(
        "game.bid_curvature", "The second derivative of the objective in the bid.", [bids, competitors, value, form],
        result: "a list; negative where the stationary point is a maximum", errors: errors + ["UndefinedRatio"],
        source: "FL-NFT (22), PMS-AM (26)", example: "game.bid_curvature{ bids = { 0.1, 0.4 }, competitors = 0.5 }")
    ) { arguments in
      .numbers(
        try BidContest.curvature(
          bids: arguments[bids], competitors: arguments[competitors], value: arguments[value], form: arguments[form]))
    }
  }

  private static var providerUtility: Function {
    let qualityBids = Parameter.matrix("quality_bids", "q: members (rows) x providers (columns)", unit: "money")
    let freshnessBids = Parameter.matrix("freshness_bids", "f, likewise", unit: "money")
    let qualityValue = Parameter.numbers(
      "quality_value", "v^q, above 0, per provider or one for all", unit: "money", scalar: true)
    let freshnessValue = Parameter.numbers("freshness_value", "v^f, likewise", unit: "money", scalar: true)
    let variant = GameOption.variant("in which the winner receives its own bid")
    return Function(
      Signature(
        "game.provider_utility", "Psi = sum_i ((v - q) w^q + (v - f) w^f - delta): what each provider is left with.",
        [qualityBids, freshnessBids, GameOption.benefit, qualityValue, freshnessValue, variant],
        result: "a list, one per provider", errors: errors, source: "FL-NFT (13), PMS-AM (16)",
        example: """
          game.provider_utility{ quality_bids = { { 1, 3 } }, freshness_bids = { { 1, 1 } }, benefit = { { 0.1, 0.2 } },
            quality_value = 5, freshness_value = 4 }
          """)
    ) { arguments in
      .numbers(
        try BidContest.providerUtility(
          qualityBids: arguments[qualityBids], freshnessBids: arguments[freshnessBids],
          benefit: arguments[GameOption.benefit], qualityValue: arguments[qualityValue],
          freshnessValue: arguments[freshnessValue], variant: arguments[variant]))
    }
  }

  private static var bidEquilibrium: Function {
    let values = Parameter.numbers("values", "v: what winning is worth to each provider, above 0", unit: "money")
    let loads = Parameter.numbers("loads", "A: per provider or one for all, at least 0", scalar: true)
    return Function(
      Signature(
        "game.bid_equilibrium", "The one equilibrium of unlike providers' bids on a coordinate, by share functions.",
        [values, loads], result: "a table with bids, total and win_probability", errors: errors + ["NoCompetition"],
        source: "corrected Theorem 2 of both papers",
        example: "game.bid_equilibrium{ values = { 1, 2, 3 }, loads = { 0.5, 1, 20 } }")
    ) { arguments in
      let equilibrium = try BidContest.equilibrium(values: arguments[values], loads: arguments[loads])
      return .record([
        "bids": .numbers(equilibrium.bids), "total": .number(equilibrium.total),
        "win_probability": .numbers(equilibrium.winProbability),
      ])
    }
  }

  private static var symmetricEquilibrium: Function {
    let providers = Parameter<Double>.number("providers", "M: how many, at least 2")
    let load = Parameter<Double>.number("load", "A, at least 0")
    let value = Parameter<Double>.number("value", "v, above 0", unit: "money", default: 1)
    return Function(
      Signature(
        "game.symmetric_equilibrium", "q = v (M - 1) / (2M - 1 + M^2 A): the equilibrium of like providers' bids.",
        [providers, load, value],
        result: "a table with bid, win_probability, utility, best_reply_slope and simultaneous_replies_converge",
        errors: ["NotFinite", "InvalidParameter", "NoCompetition"], source: "corrected Theorem 2 of both papers",
        example: "game.symmetric_equilibrium{ providers = 5, load = 0.5, value = 50 }")
    ) { arguments in
      let equilibrium = try BidContest.symmetricEquilibrium(
        providers: arguments[providers], load: arguments[load], value: arguments[value])
      return .record([
        "bid": .number(equilibrium.bid), "win_probability": .number(equilibrium.winProbability),
        "utility": .number(equilibrium.utility), "best_reply_slope": .number(equilibrium.bestReplySlope),
        "simultaneous_replies_converge": .boolean(equilibrium.simultaneousRepliesConverge),
      ])
    }
  }
}
