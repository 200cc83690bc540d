import Tensor

/// An auction of one or several equal units to bidders who want one each.
///
/// The highest bids not below the reserve win, ties to the lower index. No price is below the reserve. A losing bid that
/// a price refers to and that does not exist counts as the reserve.
///
/// Vickrey, "Counterspeculation, auctions, and competitive sealed tenders", Journal of Finance 16 (1961): truth is
/// dominant when winners pay the highest losing bid or the reserve, and under no other of these prices.
public struct SealedBidMechanism: ConcurrentMechanism, ExtensibleMechanism {
  public let participants: [Participant]
  /// Between which values and bids lie, in money.
  public let bounds: ClosedRange<Double>
  public let pricing: SealedBidPricing
  public let units: Int
  public let reserve: Double
  /// The rank, from 1, of the bid that winners pay under `SealedBidPricing.ranked`.
  public let rank: Int

  /// - Parameters:
  ///   - bidders: how many, at least 1.
  ///   - bounds: between which values and bids lie, in money, at least 0.
  ///   - units: how many are sold, at least 1.
  ///   - reserve: the least that a winner pays, in money, at least 0.
  ///   - rank: at least 1.
  /// - Throws: `InvalidParameter`, `NotFinite`.
  public init(
    bidders: Int, bounds: ClosedRange<Double> = 0...1, pricing: SealedBidPricing, units: Int = 1, reserve: Double = 0,
    rank: Int = 2
  ) throws {
    try check(
      .scalar("least value", bounds.lowerBound, .nonNegative),
      .scalar("largest value", bounds.upperBound, .nonNegative),
      .scalar("reserve price", reserve, .nonNegative))
    try demand(bidders >= 1, "the number of bidders must be at least 1, but is \(bidders)")
    try demand(units >= 1, "the number of units must be at least 1, but is \(units)")
    try demand(rank >= 1, "the rank of the price must be at least 1, but is \(rank)")
    participants = Participant.each("bidder", count: bidders, space: .number("bid", bounds))
    self.bounds = bounds
    self.pricing = pricing
    self.units = units
    self.reserve = reserve
    self.rank = rank
  }

  public var name: String {
    let price =
      switch pricing {
      case .first: units == 1 ? "first-price auction" : "discriminatory auction"
      case .second: units == 1 ? "second-price auction" : "uniform-price auction, highest losing bid"
      case .uniform: "uniform-price auction, lowest winning bid"
      case .ranked: "auction at the bid of rank \(rank)"
      case .allPay: "all-pay auction"
      }
    return reserve > 0 ? "\(price) with a reserve" : price
  }

  public func settle(_ reports: Profile, into outcome: inout MechanismOutcome) throws {
    let bids = reports.values
    let deepest =
      switch pricing {
      case .first, .allPay, .uniform: units
      case .second: units + 1
      case .ranked: max(units, rank)
      }
    let order = Self.highest(min(deepest, bids.count), of: bids)
    func bid(ranked place: Int) -> Double { place <= order.count ? max(reserve, bids[order[place - 1]]) : reserve }
    let winners = order.prefix(units).prefix { bids[$0] >= reserve }
    let common =
      switch pricing {
      case .first, .allPay: 0.0
      case .second: bid(ranked: units + 1)
      case .uniform: bid(ranked: max(1, winners.count))
      case .ranked: bid(ranked: rank)
      }
    for winner in winners {
      outcome.coefficients.values[winner] = 1
      outcome.payments[winner] = pricing == .first ? bids[winner] : common
    }
    if pricing == .allPay { for bidder in bids.indices { outcome.payments[bidder] = bids[bidder] } }
  }

  public func infeasibility(of outcome: MechanismOutcome, reports: Profile) throws -> String? {
    let sold = outcome.coefficients.values.reduce(0, +)
    return sold > Double(units) + 1e-9 ? "\(sold) units are given away, but there are \(units)" : nil
  }

  public func optimalWelfare(_ types: Profile) throws -> Double? {
    Self.highest(min(units, types.values.count), of: types.values).reduce(0) { $0 + types.values[$1] }
  }

  public func publicFacts(_ reports: Profile, outcome: MechanismOutcome) throws -> [PublicFact] {
    [PublicFact("units sold", outcome.coefficients.values.reduce(0, +)), PublicFact("revenue", outcome.surplus)]
  }

  public func withOneMore(of role: String) throws -> (any Mechanism)? {
    try SealedBidMechanism(
      bidders: participants.count + 1, bounds: bounds, pricing: pricing, units: units, reserve: reserve, rank: rank)
  }

  /// The places of the largest numbers, the largest first. Few of them need no sorting.
  private static func highest(_ count: Int, of values: [Double]) -> [Int] {
    guard count <= 4 else { return Array(Ranked.order(of: values.map { -$0 }).prefix(count)) }
    var best: [Int] = []
    best.reserveCapacity(count + 1)
    for index in values.indices where best.count < count || values[index] > values[best[best.count - 1]] {
      var place = best.count
      while place > 0, values[best[place - 1]] < values[index] { place -= 1 }
      best.insert(index, at: place)
      if best.count > count { best.removeLast() }
    }
    return best
  }
}
