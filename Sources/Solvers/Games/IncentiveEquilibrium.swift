import Tensor

/// The solution of an incentive game, with what shows that nobody gains by departing from it.
public struct IncentiveEquilibrium: Equatable, Sendable {
  /// Quality, freshness, contribution ratios and unit costs.
  public let assessment: MemberAssessment
  /// lambda_j.
  public let attentionRatios: [Double]
  /// The bids for quality, with loads and winning probabilities.
  public let quality: BidTable
  /// The bids for freshness, likewise.
  public let freshness: BidTable
  /// delta, members x providers, from these very bids.
  public let benefit: Matrix
  /// Iterations, privacy budgets and utilities of the members.
  public let members: MemberStrategies
  /// k_max per member, not rounded.
  public let maximumIterations: [Double]
  /// What each member spends, in money.
  public let costs: [Double]
  /// What the organisation asks, in money: the benefits of the members who take part.
  public let ask: Double
  /// What each provider bids in all, in money.
  public let spending: [Double]
  /// B_j in money.
  public let budgets: [Double]
  /// Psi_j in money.
  public let providerUtilities: [Double]
  /// The best deviations that a search found; nil when it was not asked for.
  public private(set) var regret: IncentiveRegret?

  let parameters: IncentiveParameters
  public let variant: Variant

  init(
    attentionRatios: [Double], quality: BidTable, freshness: BidTable, benefit: Matrix, response: IncentiveRound,
    maximumIterations: [Double], budgets: [Double], parameters: IncentiveParameters, variant: Variant
  ) {
    assessment = response.assessment
    self.attentionRatios = attentionRatios
    self.quality = quality
    self.freshness = freshness
    self.benefit = benefit
    members = response.strategies
    self.maximumIterations = maximumIterations
    costs = response.costs
    ask = response.ask
    spending = zip(quality.spending, freshness.spending).map { $0 + $1 }
    self.budgets = budgets
    providerUtilities = Self.utilities(quality, freshness, variant: variant)
    self.parameters = parameters
    self.variant = variant
  }

  /// The same with the result of the search for deviations.
  func withRegret(cancellation: Cancellation) throws -> IncentiveEquilibrium {
    var verified = self
    verified.regret = try IncentiveRegret(of: self, cancellation: cancellation)
    return verified
  }

  /// Psi_j, coordinate by coordinate: the benefits owed are the loads times the bids.
  private static func utilities(_ quality: BidTable, _ freshness: BidTable, variant: Variant) -> [Double] {
    var utilities = [Double](repeating: 0, count: quality.values.count)
    for table in [quality, freshness] {
      table.bids.elements.withUnsafeBufferPointer { bids in
        utilities.withUnsafeMutableBufferPointer { utilities in
          for member in table.totals.indices {
            let total = table.totals[member]
            let row = member &* utilities.count
            for provider in utilities.indices {
              let bid = bids[row &+ provider]
              utilities[provider] += BidContest.objective(
                bid: bid, competitors: total - bid, load: table.ratios[member] * table.worth[provider],
                value: table.values[provider], variant: variant)
            }
          }
        }
      }
    }
    return utilities
  }
}
