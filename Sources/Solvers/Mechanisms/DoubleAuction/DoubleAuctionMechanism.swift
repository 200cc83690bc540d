import Tensor

/// A double auction as a mechanism: sellers report asks, then buyers bids, each for one unit.
public struct DoubleAuctionMechanism: ConcurrentMechanism, ExtensibleMechanism {
  public let participants: [Participant]
  public let sellers: Int
  /// Between which costs, values, asks and bids lie, in money.
  public let bounds: ClosedRange<Double>
  public let rule: DoubleAuction.Rule

  /// - Parameters:
  ///   - sellers: how many, at least 1.
  ///   - buyers: how many, at least 1.
  ///   - bounds: between which costs, values, asks and bids lie, in money, at least 0.
  /// - Throws: `InvalidParameter`, `NotFinite`.
  public init(sellers: Int, buyers: Int, bounds: ClosedRange<Double> = 0...1, rule: DoubleAuction.Rule) throws {
    try check(
      .scalar("least value", bounds.lowerBound, .nonNegative), .scalar("largest value", bounds.upperBound, .nonNegative)
    )
    try demand(sellers >= 1, "the number of sellers must be at least 1, but is \(sellers)")
    try demand(buyers >= 1, "the number of buyers must be at least 1, but is \(buyers)")
    if case .sharedCost(let reserve?) = rule { try check(.scalar("reserve price", reserve, .nonNegative)) }
    self.sellers = sellers
    self.bounds = bounds
    self.rule = rule
    participants =
      Participant.each("seller", count: sellers, space: .number("ask", bounds))
      + Participant.each("buyer", count: buyers, space: .number("bid", bounds))
  }

  public var name: String {
    switch rule {
    case .mcAfee: "McAfee's double auction"
    case .tradeReduction: "trade reduction"
    case .sharedCost: "shared-cost auction"
    case .printed(let price): "PMS-AM auction as printed (\(price.rawValue))"
    }
  }

  public func settle(_ reports: Profile, into outcome: inout MechanismOutcome) throws {
    let (asks, bids) = (Array(reports.values[..<sellers]), Array(reports.values[sellers...]))
    let settled = try rule.cleared(asks: asks, bids: bids)
    for seller in settled.winningSellers { outcome.coefficients.values[seller] = -1 }
    for buyer in settled.winningBuyers { outcome.coefficients.values[sellers + buyer] = 1 }
    for (seller, receipt) in settled.sellerReceipts.enumerated() { outcome.payments[seller] = -receipt }
    for (buyer, payment) in settled.buyerPayments.enumerated() { outcome.payments[sellers + buyer] = payment }
  }

  public func infeasibility(of outcome: MechanismOutcome, reports: Profile) throws -> String? {
    let selling = outcome.coefficients.values[..<sellers].count { $0 != 0 }
    let buying = outcome.coefficients.values[sellers...].count { $0 != 0 }
    if rule.isNonRival {
      return buying > 0 && selling == 0 ? "\(buying) buyers win, but nobody sells" : nil
    }
    return buying > selling ? "\(buying) buyers win, but only \(selling) sell" : nil
  }

  public func optimalWelfare(_ types: Profile) throws -> Double? {
    let (costs, values) = (types.values[..<sellers], types.values[sellers...])
    if rule.isNonRival { return max(0, values.reduce(0, +) - (costs.min() ?? 0)) }
    return DoubleAuction.largestWelfare(costs: costs, values: values)
  }

  public func publicFacts(_ reports: Profile, outcome: MechanismOutcome) throws -> [PublicFact] {
    let trades = outcome.coefficients.values[sellers...].count { $0 != 0 }
    return [PublicFact("trades", Double(trades)), PublicFact("the auctioneer keeps", outcome.surplus)]
  }

  public func withOneMore(of role: String) throws -> (any Mechanism)? {
    let buyers = participants.count - sellers
    return try DoubleAuctionMechanism(
      sellers: role == "seller" ? sellers + 1 : sellers, buyers: role == "buyer" ? buyers + 1 : buyers, bounds: bounds,
      rule: rule)
  }
}
