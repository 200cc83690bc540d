/// An auction of equal units to bidders who want one each, in exact money.
///
/// The rule of `SealedBidMechanism` (Solvers) in whole base units: the highest bids not below the reserve win, ties to the
/// lower index, and no price is below the reserve. A losing bid that a price refers to and that does not exist counts as
/// the reserve.
///
/// Source: Vickrey, "Counterspeculation, auctions, and competitive sealed tenders", Journal of Finance 16 (1961).
public struct UnitAuction: Hashable, Sendable {
  /// What winners pay; the words of `SealedBidPricing`.
  public enum Pricing: String, CaseIterable, Sendable {
    /// Their own bids.
    case first
    /// The highest losing bid; truth is dominant.
    case second
    /// The lowest winning bid.
    case uniform
    /// The bid of a rank, whoever made it.
    case ranked
    /// Everybody pays its own bid, winner or not.
    case allPay = "all_pay"
  }

  public let pricing: Pricing
  /// How many are sold, at least 1.
  public let units: Int
  public let reserve: Amount
  /// The rank, from 1, of the bid that winners pay under `ranked`.
  public let rank: Int

  public init(pricing: Pricing, units: Int = 1, reserve: Amount = .zero, rank: Int = 2) {
    (self.pricing, self.units, self.reserve, self.rank) = (pricing, units, reserve, rank)
  }

  public struct Outcome: Hashable, Sendable {
    /// Indices, the highest bid first.
    public let winners: [Int]
    /// What each bidder pays.
    public let payments: [Amount]
    /// What the payments add to.
    public let revenue: Amount
  }

  /// - Throws: `AmountError.overflow` when the payments add to more than an amount holds.
  public func run(_ bids: [Amount]) throws(AmountError) -> Outcome {
    let order = bids.indices.sorted { (bids[$1], $0) < (bids[$0], $1) }
    func bid(ranked place: Int) -> Amount { place <= order.count ? max(reserve, bids[order[place - 1]]) : reserve }
    let winners = Array(order.prefix(units).prefix { bids[$0] >= reserve })
    let common: Amount =
      switch pricing {
      case .first, .allPay: .zero
      case .second: bid(ranked: units + 1)
      case .uniform: bid(ranked: max(1, winners.count))
      case .ranked: bid(ranked: rank)
      }
    var payments = pricing == .allPay ? bids : [Amount](repeating: .zero, count: bids.count)
    if pricing != .allPay { for winner in winners { payments[winner] = pricing == .first ? bids[winner] : common } }
    return Outcome(winners: winners, payments: payments, revenue: try .total(payments))
  }
}
