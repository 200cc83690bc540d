import Tensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The whole incentive game: providers bid for every member's quality and freshness, members choose how much to work
/// and how much privacy to give up.
///
/// `corrected` is the game of the corrected objectives, whose equilibrium in the bids exists and is unique. `paper` is
/// the papers' solution on the same scale: bids by their closed form, whose load has no contribution ratio, judged by
/// the objective that they print, of which it is no equilibrium. In both, quality is normalised, freshness is
/// ln(1 + T_ref / T), and a coordinate is worth v_j = B_j / (2N): the printed forms of these three admit no solution at
/// the papers' own parameters.
public struct IncentiveGame: Equatable, Sendable {
  public var reports: MemberReports
  /// B_j in money, above 0, one per provider.
  public var budgets: [Double]
  /// e^Q per provider or one for all.
  public var qualityAttention: [Double]
  /// e^F per provider or one for all; with e^Q adding to 1.
  public var freshnessAttention: [Double]
  public var parameters: IncentiveParameters
  public var rounding: IterationRounding
  public var variant: Variant

  public init(
    reports: MemberReports, budgets: [Double], qualityAttention: [Double] = [0.5],
    freshnessAttention: [Double] = [0.5], parameters: IncentiveParameters = IncentiveParameters(),
    rounding: IterationRounding = .best, variant: Variant = .corrected
  ) {
    self.reports = reports
    self.budgets = budgets
    self.qualityAttention = qualityAttention
    self.freshnessAttention = freshnessAttention
    self.parameters = parameters
    self.rounding = rounding
    self.variant = variant
  }

  /// Solves the game, and by default searches for the deviation that would pay best.
  ///
  /// - Parameters:
  ///   - verified: whether to search; the search takes several times as long as the solution.
  ///   - cancellation: asked once per member.
  /// - Throws: `EmptyInput`, `ShapeMismatch`, `NotFinite`, `InvalidParameter`, `UndefinedRatio` (nobody has data),
  ///   `NoCompetition` (one provider), `Infeasible` (no time to train); `Interrupted`.
  public func solve(verified: Bool = true, cancellation: Cancellation = .never) throws -> IncentiveEquilibrium {
    try check(
      reports.quantities + [.each(.provider, "budgets", budgets, .positive)]
        + IncentiveModel.attentionQuantities(quality: qualityAttention, freshness: freshnessAttention)
        + parameters.quantities)
    try IncentiveModel.demandOrder(of: parameters)
    let ratios = try IncentiveModel.attentionRatios(
      quality: qualityAttention, freshness: freshnessAttention, providers: budgets.count)
    let assessment = try MemberAssessment(reports: reports, parameters: parameters)
    guard budgets.count > 1 else {
      throw SolverError(.noCompetition, "an equilibrium of bids needs at least 2 providers, but there is 1")
    }
    let deadlines = try MemberAssessment.deadlines(reports: reports, parameters: parameters)

    let values = budgets.map { $0 / Double(2 * reports.losses.count) }
    let quality = try contest(
      values: values, worth: ratios.map { pow(assessment.quality, $0) }, ratios: assessment.qualityRatios,
      cancellation: cancellation)
    let freshness = try contest(
      values: values, worth: ratios.map { _ in assessment.freshness }, ratios: assessment.freshnessRatios,
      cancellation: cancellation)
    let benefit = try IncentiveModel.benefit(
      qualityBids: quality.bids, freshnessBids: freshness.bids, quality: [assessment.quality],
      freshness: [assessment.freshness], attentionRatio: ratios, qualityRatios: assessment.qualityRatios,
      freshnessRatios: assessment.freshnessRatios)
    let response = try IncentiveRound.response(
      to: IncentiveModel.rowSums(benefit), assessment: assessment, deadlines: deadlines, parameters: parameters,
      rounding: rounding)
    let equilibrium = IncentiveEquilibrium(
      attentionRatios: ratios, quality: quality, freshness: freshness, benefit: benefit, response: response,
      maximumIterations: deadlines, budgets: budgets, parameters: parameters, variant: variant)
    return verified ? try equilibrium.withRegret(cancellation: cancellation) : equilibrium
  }

  /// The bids for one of the two contributions.
  private func contest(
    values: [Double], worth: [Double], ratios: [Double], cancellation: Cancellation
  ) throws -> BidTable {
    // The printed load is the worth alone, the same for every member.
    let scales = variant == .paper ? ratios.map { _ in 1 } : ratios
    let solution = try BidContest.equilibria(
      values: values, loads: worth, scales: scales, cancellation: cancellation)
    return BidTable(values: values, worth: worth, ratios: ratios, bids: solution.bids, totals: solution.totals)
  }
}
