import Solvers

/// What members contribute, and what it is worth to providers.
enum ContributionFunctions {
  static var all: [Function] {
    [
      qualityContribution, normalisedQuality, freshnessContribution, contributionRatios, attentionRatio, satisfaction,
      benefit,
    ]
  }

  private static var qualityContribution: Function {
    let scale = Parameter<Double>.number("scale", "mu_0, above 0", default: 10)
    return Function(
      Signature(
        "game.quality_contribution", "theta^Q = mu_0 |D| / (mu_1 + H): the quality that each member contributes.",
        [scale, GameOption.lossOffset, GameOption.sizes, GameOption.losses], result: "a list, one per member",
        errors: ["EmptyInput", "ShapeMismatch", "NotFinite", "InvalidParameter"], source: "FL-NFT (7), PMS-AM (10)",
        example: "game.quality_contribution{ sizes = { 5000, 6000 }, losses = { 0, 0.3 } }")
    ) { arguments in
      .numbers(
        try IncentiveModel.qualityContribution(
          scale: arguments[scale], lossOffset: arguments[GameOption.lossOffset], dataSizes: arguments[GameOption.sizes],
          losses: arguments[GameOption.losses]))
    }
  }

  private static var normalisedQuality: Function {
    Function(
      Signature(
        "game.normalised_quality", "Q^ : the mean of mu_1 / (mu_1 + H) weighted by data, which is 1 without any loss.",
        [GameOption.lossOffset, GameOption.sizes, GameOption.losses], result: "a number in (0, 1]",
        errors: ["EmptyInput", "ShapeMismatch", "NotFinite", "InvalidParameter", "UndefinedRatio"],
        source: "ours: the printed sum of theta^Q is about 2e5 at the papers' own values",
        example: "game.normalised_quality{ sizes = { 5000, 6000 }, losses = { 0, 0.3 } }")
    ) { arguments in
      .number(
        try IncentiveModel.normalisedQuality(
          lossOffset: arguments[GameOption.lossOffset], dataSizes: arguments[GameOption.sizes],
          losses: arguments[GameOption.losses]))
    }
  }

  private static var freshnessContribution: Function {
    let ages = Parameter.numbers("ages", "T: training, upload and consensus time of each member, above 0", unit: "s")
    let reference = Parameter<Double>.number("reference_age", "T_ref, above 0", unit: "s", default: 10)
    let variant = GameOption.variant("ln(1/T), which rewards the slowest once all ages exceed a second")
    return Function(
      Signature(
        "game.freshness_contribution", "theta^F = ln(1 + T_ref / T): the freshness that each member contributes.",
        [ages, reference, variant], result: "a list, one per member",
        errors: ["EmptyInput", "NotFinite", "InvalidParameter"], source: "FL-NFT (9), PMS-AM (12)",
        example: "game.freshness_contribution{ ages = { 0.5, 1, 20 } }")
    ) { arguments in
      .numbers(
        try IncentiveModel.freshnessContribution(
          ages: arguments[ages], referenceAge: arguments[reference], variant: arguments[variant]))
    }
  }

  private static var contributionRatios: Function {
    let contributions = Parameter.numbers("contributions", "theta: what each member contributes")
    let variant = GameOption.variant("also of negative contributions")
    return Function(
      Signature(
        "game.contribution_ratios", "tau = theta / sum theta: each member's part of the whole.",
        [contributions, variant], result: "a list that adds to 1",
        errors: ["EmptyInput", "NotFinite", "InvalidParameter", "UndefinedRatio"], source: "FL-NFT and PMS-AM, tau",
        example: "game.contribution_ratios{ contributions = { 3, 1, 0 } }")
    ) { arguments in
      .numbers(try IncentiveModel.contributionRatios(arguments[contributions], variant: arguments[variant]))
    }
  }

  private static var attentionRatio: Function {
    let quality = Parameter<Double>.number("quality", "e^Q: attention to quality, between 0 and 1")
    let freshness = Parameter<Double>.number("freshness", "e^F: attention to freshness; the two add to 1")
    return Function(
      Signature(
        "game.attention_ratio", "lambda = e^Q / e^F: how a provider weighs quality against freshness.",
        [quality, freshness], result: "a number", errors: ["NotFinite", "InvalidParameter"],
        source: "FL-NFT (6), PMS-AM (9)", example: "game.attention_ratio(0.6, 0.4)"),
      direct: { quality, freshness in
        (try? IncentiveModel.attentionRatio(qualityAttention: quality, freshnessAttention: freshness)) ?? .nan
      }
    ) { arguments in
      .number(
        try IncentiveModel.attentionRatio(
          qualityAttention: arguments[quality], freshnessAttention: arguments[freshness]))
    }
  }

  private static var satisfaction: Function {
    let quality = Parameter<Double>.number("quality", "Q, at least 0")
    let freshness = Parameter<Double>.number("freshness", "F")
    let qualityAttention = Parameter<Double>.number("quality_attention", "e^Q", default: 0.5)
    let freshnessAttention = Parameter<Double>.number("freshness_attention", "e^F", default: 0.5)
    let variant = GameOption.variant("Q^lambda + F, which is not equal to the form it is printed as equal to")
    return Function(
      Signature(
        "game.satisfaction", "phi = Q^(e^Q) + F^(e^F): a provider's satisfaction with the model.",
        [quality, freshness, qualityAttention, freshnessAttention, variant], result: "a number",
        errors: ["NotFinite", "InvalidParameter"], source: "FL-NFT (5), PMS-AM (8)",
        example: "game.satisfaction{ quality = 4, freshness = 9 }")
    ) { arguments in
      .number(
        try IncentiveModel.satisfaction(
          quality: arguments[quality], freshness: arguments[freshness], qualityAttention: arguments[qualityAttention],
          freshnessAttention: arguments[freshnessAttention], variant: arguments[variant]))
    }
  }

  private static var benefit: Function {
    let qualityBids = Parameter<NumbersOrMatrix>.numbersOrMatrix(
      "quality_bids", "q: per provider, or per member (row) and provider (column)", unit: "money")
    let freshnessBids = Parameter<NumbersOrMatrix>.numbersOrMatrix("freshness_bids", "f, likewise", unit: "money")
    let quality = Parameter.numbers("quality", "Q, per provider or one for all", scalar: true)
    let freshness = Parameter.numbers("freshness", "F, per provider or one for all", scalar: true)
    let attention = Parameter.numbers(
      "attention_ratio", "lambda, per provider or one for all", scalar: true, default: [1], defaultText: "1")
    let qualityRatios = Parameter.numbers("quality_ratios", "tau^Q of each member")
    let freshnessRatios = Parameter.numbers("freshness_ratios", "tau^F of each member")
    return Function(
      Signature(
        "game.benefit", "delta = q Q^lambda tau^Q + f F tau^F: what each member earns from each provider.",
        [qualityBids, freshnessBids, quality, freshness, attention, qualityRatios, freshnessRatios],
        result: "a list of rows, one per member",
        errors: ["EmptyInput", "ShapeMismatch", "NotFinite", "InvalidParameter"],
        source: "FL-NFT (10), PMS-AM (13)",
        example: """
          game.benefit{ quality_bids = { 30, 20 }, freshness_bids = { 10, 0 }, quality = 0.87, freshness = 1.1,
            quality_ratios = { 0.5, 0.5 }, freshness_ratios = { 0.2, 0.8 } }
          """)
    ) { arguments in
      switch (arguments[qualityBids], arguments[freshnessBids]) {
      case (.numbers(let q), .numbers(let f)):
        return .matrix(
          try IncentiveModel.benefit(
            qualityBids: q, freshnessBids: f, quality: arguments[quality], freshness: arguments[freshness],
            attentionRatio: arguments[attention], qualityRatios: arguments[qualityRatios],
            freshnessRatios: arguments[freshnessRatios]))
      case (.matrix(let q), .matrix(let f)):
        return .matrix(
          try IncentiveModel.benefit(
            qualityBids: q, freshnessBids: f, quality: arguments[quality], freshness: arguments[freshness],
            attentionRatio: arguments[attention], qualityRatios: arguments[qualityRatios],
            freshnessRatios: arguments[freshnessRatios]))
      default:
        throw ScriptError.shapeMismatch(
          "quality_bids and freshness_bids must both be lists, or both be lists of rows")
      }
    }
  }
}
