import Tensor

/// Procurement of data as a mechanism that can be audited.
///
/// A seller reports its cost, its number of samples and its EMD. Only the cost is a taste; the others are what the
/// ledger can check, and misreporting them pays (TBCIM leaves that open).
public struct SellerSelectionMechanism: ConcurrentMechanism {
  /// Who sells and what is paid.
  public enum Rule: Equatable, Sendable {
    case vickrey(reserve: Double?)
    case myerson
    /// Sellers are added one by one, and paid their bids.
    case greedy
    /// As many of the lowest bids as given, paid as they ask.
    case lowestBids(count: Int)
  }

  public let rule: Rule
  /// The bounds of costs.
  public let costs: ClosedRange<Double>
  public let participants: [Participant]
  private let standard: SubsetSelection

  /// - Parameter sellers: those whose sizes and EMDs are true; reports may differ.
  /// - Throws: `TooManyBidders`, `NonFinite`, `Negative`.
  public init(_ sellers: DataSellers, rule: Rule, costs: ClosedRange<Double>) throws {
    try EdgeError.checkNonNegative(["lowest cost": costs.lowerBound, "highest cost": costs.upperBound])
    standard = try SubsetSelection(sellers)
    self.rule = rule
    self.costs = costs
    let largest = max(1, 2 * (sellers.sizes.max() ?? 1))
    participants = Participant.each(
      "seller", count: sellers.count,
      space: ReportSpace([
        .init("cost", costs), .init("samples", 0...largest, isPrivate: false), .init("EMD", 0...2, isPrivate: false),
      ]))
  }

  public var name: String {
    switch rule {
    case .vickrey: "VCG procurement"
    case .myerson: "optimal procurement"
    case .greedy: "greedy procurement, paid as bid"
    case .lowestBids(let count): "the \(count) lowest bids, paid as bid"
    }
  }

  public func settle(_ reports: Profile, into outcome: inout MechanismOutcome) throws {
    let bids = (0..<reports.count).map { reports[$0, 0] }
    let selection = try selection(reports)
    let winners: [Int]
    var payments = bids
    switch rule {
    case .vickrey(let reserve):
      let bought = try selection.vickrey(bids: bids, reserve: reserve)
      (winners, payments) = (bought.winners, bought.payments)
    case .myerson:
      let bought = try selection.myerson(bids: bids, low: costs.lowerBound, high: costs.upperBound).outcome
      (winners, payments) = (bought.winners, bought.payments)
    case .greedy: winners = try selection.greedy(bids: bids).winners
    case .lowestBids(let count): winners = try selection.lowestBids(bids: bids, count: count).winners
    }
    for winner in winners {
      outcome.coefficients[winner, 0] = -1
      outcome.payments[winner] = -payments[winner]
    }
  }

  /// The table of all sets, anew where somebody reports another size or EMD than its true one.
  private func selection(_ reports: Profile) throws -> SubsetSelection {
    let sellers = standard.sellers
    let sizes = (0..<reports.count).map { reports[$0, 1] }
    let distances = (0..<reports.count).map { reports[$0, 2] }
    if sizes == sellers.sizes, distances == sellers.distances { return standard }
    return try SubsetSelection(
      DataSellers(
        sizes: sizes, distances: distances, quality: sellers.quality, empty: sellers.empty,
        valueScale: sellers.valueScale))
  }

  public func publicFacts(_ reports: Profile, outcome: MechanismOutcome) throws -> [PublicFact] {
    let winners = (0..<reports.count).filter { outcome.coefficients[$0, 0] < 0 }
    let values = try selection(reports).values
    let utility = values[winners.reduce(0) { $0 | 1 << $1 }]
    return [PublicFact("data utility", utility), PublicFact("buyer's surplus", utility + outcome.surplus)]
  }
}
