import Tensor

/// What the papers say of quality, freshness and satisfaction.
enum ContributionClaims {
  static func all(_ trial: ClaimTrial) throws -> [PaperClaim] {
    [
      try satisfaction(trial), try quality(trial), try freshness(trial), try unitOfTime(trial), try trainingTime(trial),
    ]
  }

  private static func satisfaction(_ trial: ClaimTrial) throws -> PaperClaim {
    func satisfaction(_ variant: Variant) throws -> Double {
      try IncentiveModel.satisfaction(
        quality: 4, freshness: 9, qualityAttention: 0.5, freshnessAttention: 0.5, variant: variant)
    }
    return PaperClaim(
      "A6", trial.source("FL-NFT (5)", "PMS-AM (8)"), "Q^lambda + F equals Q^(e^Q) + F^(e^F)",
      printed: Comparison(
        Figure("Q^lambda + F at Q = 4, F = 9", try satisfaction(.paper)), .equal,
        Figure("the other", try satisfaction(.corrected))),
      truth: "they are two measures; the second is used for reports")
  }

  private static func quality(_ trial: ClaimTrial) throws -> PaperClaim {
    let sizes = [Double](repeating: 5000, count: 10)
    let losses = [Double](repeating: 0.3, count: 10)
    let raw = try IncentiveModel.qualityContribution(scale: 10, lossOffset: 2, dataSizes: sizes, losses: losses)
      .reduce(0, +)
    let normalised = try IncentiveModel.normalisedQuality(lossOffset: 2, dataSizes: sizes, losses: losses)
    func bid(_ load: Double) throws -> Double {
      try BidContest.bestBid(competitors: [0.5], load: [load], value: [1], formula: .tokenization25)[0]
    }
    return PaperClaim(
      "A8", trial.source("FL-NFT (7), (25)", "PMS-AM (10), (29)"), "the sum of theta^Q can enter the bid's formula",
      printed: Comparison(Figure("bid at D = 0.5", try bid(raw)), .atLeast, Figure("no bid", 0)),
      truth: "at the papers' values it allows no bid; normalised it does",
      amendment: .correction(
        Comparison(Figure("with Q normalised", try bid(normalised)), .above, Figure("no bid", 0))),
      figures: [Figure("Q as printed", raw), Figure("Q normalised", normalised)])
  }

  private static func shares(_ ages: [Double], reference: Double, _ variant: Variant) throws -> [Double] {
    try IncentiveModel.contributionRatios(
      IncentiveModel.freshnessContribution(ages: ages, referenceAge: reference, variant: variant), variant: variant)
  }

  private static let ages = [2.0, 5, 20]

  private static func freshness(_ trial: ClaimTrial) throws -> PaperClaim {
    func comparison(_ variant: Variant) throws -> Comparison {
      let shares = try shares(ages, reference: 10, variant)
      return Comparison(Figure("share at T = 2 s", shares[0]), .atLeast, Figure("at 20 s", shares[2]))
    }
    return PaperClaim(
      "A9a", trial.source("FL-NFT (9)", "PMS-AM (12)"), "ln(1/T) rewards fresh updates",
      printed: try comparison(.paper),
      truth: "above a second it is negative: the slowest gets most; not so ln(1 + T_ref/T)",
      amendment: .correction(try comparison(.corrected)))
  }

  private static func unitOfTime(_ trial: ClaimTrial) throws -> PaperClaim {
    func comparison(_ variant: Variant) throws -> Comparison {
      Comparison(
        Figure("share at 2 s, in minutes", try shares(ages.map { $0 / 60 }, reference: 10.0 / 60, variant)[0]), .equal,
        Figure("in seconds", try shares(ages, reference: 10, variant)[0]))
    }
    return PaperClaim(
      "A9b", trial.source("FL-NFT (9)", "PMS-AM (12)"), "the share does not depend on the unit of time",
      printed: try comparison(.paper), truth: "a logarithm needs a number; T_ref/T is one",
      amendment: .correction(try comparison(.corrected)))
  }

  private static func trainingTime(_ trial: ClaimTrial) throws -> PaperClaim {
    func comparison(_ variant: Variant) throws -> Comparison {
      let time = try IncentiveModel.trainingTime(
        losses: [2.303], dataSizes: [5000], frequencies: [4e9], cyclesPerSample: [1.5625e7], variant: variant)[0]
      return Comparison(Figure("time at H = 2.303", time), .above, Figure("none", 0))
    }
    return PaperClaim(
      "A10", "T^m after " + trial.source("FL-NFT (8)", "PMS-AM (11)"), "training takes ln(1/H) D / f",
      printed: try comparison(.paper), truth: "negative for a loss above 1; ln(1 + 1/H) z D / f is positive",
      amendment: .correction(try comparison(.corrected)))
  }
}
