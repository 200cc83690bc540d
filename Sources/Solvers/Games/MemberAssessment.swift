/// What a federation's contract derives from its members' reports before any money is named.
public struct MemberAssessment: Equatable, Sendable {
  /// Normalised quality, in (0, 1].
  public let quality: Double
  /// Mean freshness contribution, above 0.
  public let freshness: Double
  /// tau^Q, adding to one.
  public let qualityRatios: [Double]
  /// tau^F, adding to one.
  public let freshnessRatios: [Double]
  /// C^c per iteration.
  public let computationCost: [Double]
  /// C^p per unit of privacy budget.
  public let privacyCost: [Double]

  /// - Throws: the errors of the functions called; `UndefinedRatio` when nobody has data.
  init(reports: MemberReports, parameters: IncentiveParameters) throws {
    typealias Model = IncentiveModel
    let qualities = try Model.qualityContribution(
      scale: parameters.qualityScale, lossOffset: parameters.lossOffset, dataSizes: reports.dataSizes,
      losses: reports.losses)
    let freshnesses = try Model.freshnessContribution(ages: reports.ages, referenceAge: parameters.referenceAge)
    quality = try Model.normalisedQuality(
      lossOffset: parameters.lossOffset, dataSizes: reports.dataSizes, losses: reports.losses)
    freshness = freshnesses.reduce(0, +) / Double(freshnesses.count)
    qualityRatios = try Model.contributionRatios(qualities)
    freshnessRatios = try Model.contributionRatios(freshnesses)
    computationCost = try Model.unitComputationCost(
      energyWeight: parameters.energyWeight, capacitance: [parameters.capacitance],
      cyclesPerSample: [parameters.cyclesPerSample], batchSize: [parameters.batchSize],
      frequencies: reports.frequencies, memoryRatio: [parameters.memoryRatio], memory: [parameters.memory])
    privacyCost = try Model.unitPrivacyCost(
      privacyWeight: parameters.privacyWeight, gradientNorms: reports.gradientNorms)
  }

  /// How many iterations each member has time for, not rounded.
  ///
  /// - Throws: `Infeasible` when the upload takes the whole period.
  static func deadlines(reports: MemberReports, parameters: IncentiveParameters) throws -> [Double] {
    if let limit = parameters.maximumIterations {
      return Array(repeating: limit, count: reports.frequencies.count)
    }
    let upload = try IncentiveModel.uploadTime(
      bits: [parameters.messageBits], bandwidth: [parameters.bandwidth], signalToNoise: [parameters.signalToNoise])
    var limits = try IncentiveModel.maximumIterations(
      period: [parameters.decisionPeriod], cyclesPerSample: [parameters.cyclesPerSample],
      batchSize: [parameters.batchSize], frequencies: reports.frequencies, capacitance: [parameters.capacitance],
      bandwidth: [parameters.bandwidth], communicationTime: upload)
    // In place: at a million members a further array costs more than the numbers in it.
    for member in limits.indices { limits[member] = min(limits[member], Domain.largestCount) }
    return limits
  }
}

extension IncentiveModel {
  /// The privacy bounds must stand in order; the domains alone cannot say so.
  static func demandOrder(of parameters: IncentiveParameters) throws {
    try demand(
      parameters.minimumPrivacyBudget <= parameters.maximumPrivacyBudget,
      "the minimum privacy budget must not exceed the maximum privacy budget, but "
        + "\(parameters.minimumPrivacyBudget) exceeds \(parameters.maximumPrivacyBudget)")
  }

  /// lambda per provider, from one pair of attention weights for all or one each.
  static func attentionRatios(quality: [Double], freshness: [Double], providers: Int) throws -> [Double] {
    try (0..<providers).map {
      try attentionRatio(qualityAttention: quality.stretched($0), freshnessAttention: freshness.stretched($0))
    }
  }

  static func attentionQuantities(quality: [Double], freshness: [Double]) -> [Quantity] {
    [
      .stretched(.provider, "attention to quality", quality, .properFraction),
      .stretched(.provider, "attention to freshness", freshness, .properFraction),
    ]
  }
}
