import Tensor

/// A learned reverse auction as a mechanism: sellers report costs, and deliver with the chance that they win.
public struct LearnedReverseMechanism: ConcurrentMechanism, DifferentiableMechanism {
  public let network: ReverseAuctionNetwork
  public let participants: [Participant]

  public init(_ network: ReverseAuctionNetwork) {
    self.network = network
    participants = Participant.each(
      "seller", count: network.design.sellers.count,
      space: .number("cost", network.design.lowestBid...network.design.highestBid))
  }

  public var name: String { "learned reverse auction" }

  public func settle(_ reports: Profile, into outcome: inout MechanismOutcome) throws {
    guard let done = try network.outcomes(bids: [reports.values]).first else { return }
    for seller in 0..<reports.count {
      outcome.coefficients[seller, 0] = -done.allocation[seller]
      outcome.payments[seller] = -done.payments[seller]
    }
  }

  public func utilitySlopes(of participant: Int, true types: Profile, reports: Profile) throws -> [Double]? {
    [try network.utilitySlope(of: participant, cost: types[participant, 0], bids: reports.values)]
  }
}

/// A learned auction of items as a mechanism: bidders report a value of each item, and get shares of them.
///
/// With unit demand nobody's shares add to more than 1, nor any item's: they are chances of a lottery over assignments in
/// which everybody gets one item at most (Birkhoff 1946), so that values times shares are what they are worth there too.
public struct LearnedItemMechanism: ConcurrentMechanism, DifferentiableMechanism {
  public let network: ItemAuctionNetwork
  public let participants: [Participant]

  public init(_ network: ItemAuctionNetwork) {
    self.network = network
    participants = Participant.each(
      "bidder", count: network.design.bidders,
      space: ReportSpace((1...network.design.items).map { .init("value of item \($0)", 0...1) }))
  }

  public var name: String { "learned auction of items" }

  public func settle(_ reports: Profile, into outcome: inout MechanismOutcome) throws {
    let done = try network.outcome(reports: reports.rows)
    for bidder in 0..<reports.count {
      for item in 0..<network.design.items { outcome.coefficients[bidder, item] = done.allocation[bidder][item] }
      outcome.payments[bidder] = done.payments[bidder]
    }
  }

  public func utilitySlopes(of participant: Int, true types: Profile, reports: Profile) throws -> [Double]? {
    try network.utilitySlopes(of: participant, values: types[participant], reports: reports.rows)
  }

  public func infeasibility(of outcome: MechanismOutcome, reports: Profile) throws -> String? {
    if network.design.valuation == .unitDemand {
      for bidder in 0..<reports.count where outcome.coefficients[bidder].reduce(0, +) > 1 + 1e-9 {
        return "bidder \(bidder + 1) is given more than one item, and wants one"
      }
    }
    for item in 0..<network.design.items {
      let given = (0..<reports.count).reduce(0.0) { $0 + outcome.coefficients[$1, item] }
      if given > 1 + 1e-9 { return "\(given) units of item \(item + 1) are given out, and there is one" }
    }
    return nil
  }
}
