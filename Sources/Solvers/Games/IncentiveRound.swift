import Tensor

/// One round of the incentive game under given bids.
public struct IncentiveRound: Equatable, Sendable {
  public let assessment: MemberAssessment
  /// sum_j delta_ij: what each member earns from all providers, in money.
  public let benefits: [Double]
  public let strategies: MemberStrategies
  /// What each member spends, in money.
  public let costs: [Double]
  /// What the organisation asks: the benefits of the members who take part.
  public let ask: Double

  /// Assesses the members, prices their contributions with the bids of the last settled round, and lets each member
  /// choose its effort.
  ///
  /// The bids must not be the sealed ones of the auction to come: an ask computed from them would make the auction
  /// manipulable.
  ///
  /// - Parameters:
  ///   - reports: one entry per member.
  ///   - qualityBids: q, members x providers, at least 0.
  ///   - freshnessBids: f, members x providers, at least 0.
  ///   - qualityAttention: e^Q, per provider or one for all; with e^F adding to 1.
  ///   - freshnessAttention: e^F, likewise.
  /// - Throws: `EmptyInput`, `ShapeMismatch`, `NotFinite`, `InvalidParameter`, `UndefinedRatio`, `Infeasible`.
  ///
  /// Source: PMS-AM (5)-(23), corrected; sections 2, 4 and 5 of a round.
  public static func played(
    reports: MemberReports, qualityBids: Matrix, freshnessBids: Matrix, qualityAttention: [Double] = [0.5],
    freshnessAttention: [Double] = [0.5], parameters: IncentiveParameters = IncentiveParameters(),
    rounding: IterationRounding = .floor
  ) throws -> IncentiveRound {
    func quantities(_ bids: Domain) -> [Quantity] {
      reports.quantities + [
        .table(.member, .provider, "quality bids", qualityBids, bids),
        .table(.member, .provider, "freshness bids", freshnessBids, bids),
      ] + IncentiveModel.attentionQuantities(quality: qualityAttention, freshness: freshnessAttention)
        + parameters.quantities
    }
    // Large tables of bids are judged where they are summed; what is wrong is found out once something is.
    guard let shape = try? check(quantities(.unseen)) else {
      try check(quantities(.nonNegative))
      throw SolverError(.invalidParameter, "the round's options contradict each other")
    }
    try IncentiveModel.demandOrder(of: parameters)
    let ratios = try IncentiveModel.attentionRatios(
      quality: qualityAttention, freshness: freshnessAttention, providers: shape[.provider])

    let assessment = try MemberAssessment(reports: reports, parameters: parameters)
    let earnings = try IncentiveModel.earnings(
      qualityBids: qualityBids, freshnessBids: freshnessBids, quality: [assessment.quality],
      freshness: [assessment.freshness], attentionRatio: ratios, qualityRatios: assessment.qualityRatios,
      freshnessRatios: assessment.freshnessRatios)
    return try response(
      to: earnings, assessment: assessment,
      deadlines: MemberAssessment.deadlines(reports: reports, parameters: parameters), parameters: parameters,
      rounding: rounding)
  }

  /// The members' choice once it is known what they earn.
  static func response(
    to benefits: [Double], assessment: MemberAssessment, deadlines: [Double], parameters: IncentiveParameters,
    rounding: IterationRounding
  ) throws -> IncentiveRound {
    let strategies = try IncentiveModel.memberStrategies(
      earnings: benefits, computationCost: assessment.computationCost, privacyCost: assessment.privacyCost,
      concavity: parameters.concavity, maximumIterations: deadlines,
      minimumPrivacyBudget: parameters.minimumPrivacyBudget, maximumPrivacyBudget: parameters.maximumPrivacyBudget,
      rounding: rounding)
    let costs = try IncentiveModel.totalCost(
      computationCost: assessment.computationCost, iterations: strategies.iterations.map(Double.init),
      privacyCost: assessment.privacyCost, privacyBudgets: strategies.privacyBudgets)
    let ask = zip(benefits, strategies.iterations).reduce(0) { $1.1 > 0 ? $0 + $1.0 : $0 }
    return IncentiveRound(
      assessment: assessment, benefits: benefits, strategies: strategies, costs: costs, ask: ask)
  }
}
