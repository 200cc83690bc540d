import Tensor

@testable import Solvers

/// One thing for the highest bidder, at whatever price a rule asks.
struct HighestBidWins: ConcurrentMechanism {
  enum Price { case first, second, third, ownHalf }

  let price: Price
  let participants: [Participant]
  var name: String { "\(price) price" }

  init(_ price: Price, bidders: Int = 3, space: ReportSpace = .number("value", 0...1)) {
    self.price = price
    participants = Participant.each("bidder", count: bidders, space: space)
  }

  func settle(_ reports: Profile, into outcome: inout MechanismOutcome) throws {
    var winner = 0
    var highest = [reports.values[0], 0.0, 0.0]
    for bidder in 1..<reports.values.count {
      let bid = reports.values[bidder]
      if bid > highest[0] {
        winner = bidder
        highest = [bid, highest[0], highest[1]]
      } else if bid > highest[1] {
        highest = [highest[0], bid, highest[1]]
      } else if bid > highest[2] {
        highest[2] = bid
      }
    }
    outcome.coefficients[winner, 0] = 1
    outcome.payments[winner] =
      switch price {
      case .first: highest[0]
      case .second: highest[1]
      case .third: highest[2]
      case .ownHalf: highest[0] / 2
      }
  }

  func infeasibility(of outcome: MechanismOutcome, reports: Profile) throws -> String? {
    outcome.coefficients.values.reduce(0, +) > 1 ? "more than one thing is given away" : nil
  }

  func optimalWelfare(_ types: Profile) throws -> Double? { types.values.max() }
}

/// A double auction of the library, as a mechanism: buyers first.
struct AuditedDoubleAuction: ConcurrentMechanism {
  let name: String
  let participants: [Participant]
  let buyers: Int
  /// How many may share what one seller sells.
  let isCopied: Bool
  let rule: @Sendable (_ asks: [Double], _ bids: [Double]) throws -> DoubleAuction.Outcome

  init(
    _ name: String, buyers: Int, sellers: Int, isCopied: Bool,
    rule: @escaping @Sendable ([Double], [Double]) throws -> DoubleAuction.Outcome
  ) {
    self.name = name
    self.buyers = buyers
    self.isCopied = isCopied
    self.rule = rule
    participants =
      Participant.each("buyer", count: buyers, space: .number("value", 0...10))
      + Participant.each("seller", count: sellers, space: .number("cost", 0...10))
  }

  func settle(_ reports: Profile, into outcome: inout MechanismOutcome) throws {
    let result = try rule(Array(reports.values[buyers...]), Array(reports.values[..<buyers]))
    for buyer in result.winningBuyers { outcome.coefficients[buyer, 0] = 1 }
    for seller in result.winningSellers { outcome.coefficients[buyers + seller, 0] = -1 }
    for (buyer, payment) in result.buyerPayments.enumerated() { outcome.payments[buyer] = payment }
    for (seller, receipt) in result.sellerReceipts.enumerated() { outcome.payments[buyers + seller] = -receipt }
  }

  static let mcAfee = AuditedDoubleAuction("McAfee", buyers: 3, sellers: 3, isCopied: false) {
    try DoubleAuction.mcAfee(asks: $0, bids: $1)
  }

  static let sharedCost = AuditedDoubleAuction("shared cost", buyers: 3, sellers: 2, isCopied: true) {
    try DoubleAuction.sharedCost(asks: $0, bids: $1)
  }

  static func printed(_ price: DoubleAuction.BuyerPrice) -> AuditedDoubleAuction {
    AuditedDoubleAuction("printed, \(price)", buyers: 3, sellers: 2, isCopied: true) {
      try DoubleAuction.printed(asks: $0, bids: $1, buyerPrice: price)
    }
  }

  /// McAfee's trades, at the mean of the marginal bid and ask: the pair that sets the price also trades at it.
  static let wrongMcAfee = AuditedDoubleAuction("McAfee, wrong price", buyers: 3, sellers: 3, isCopied: false) {
    asks, bids in
    let right = try DoubleAuction.mcAfee(asks: asks, bids: bids)
    guard let bid = right.winningBuyers.map({ bids[$0] }).min(), let ask = right.winningSellers.map({ asks[$0] }).max()
    else { return right }
    return DoubleAuction.Outcome(
      trades: right.trades, winningBuyers: right.winningBuyers, winningSellers: right.winningSellers,
      buyerPayments: right.buyerPayments.map { $0 == 0 ? 0 : (bid + ask) / 2 },
      sellerReceipts: right.sellerReceipts.map { $0 == 0 ? 0 : (bid + ask) / 2 })
  }
}

/// One of several projects for all, chosen by the largest total; three ways to charge for it.
struct PublicProject: ConcurrentMechanism {
  enum Tax {
    /// Clarke's: what the others lose by one's presence.
    case pivot
    /// The own report is counted among the others'.
    case ownBidInPivot
    /// A pivot for every project by itself, as if each were decided alone.
    case sideBySide
  }

  let tax: Tax
  let participants: [Participant]
  let projects: Int
  var name: String { "public project, \(tax)" }

  init(_ tax: Tax, members: Int = 3, projects: Int = 3) {
    self.tax = tax
    self.projects = projects
    participants = Participant.each(
      "member", count: members, space: ReportSpace((0..<projects).map { ReportSpace.Field("value \($0 + 1)", -1...1) }))
  }

  private func best(_ totals: [Double]) -> Int { totals.indices.max { totals[$0] < totals[$1] } ?? 0 }

  private func totals(_ reports: Profile, without missing: Int? = nil) -> [Double] {
    (0..<projects).map { project in
      (0..<reports.count).reduce(0) { $1 == missing ? $0 : $0 + reports[$1, project] }
    }
  }

  func settle(_ reports: Profile, into outcome: inout MechanismOutcome) throws {
    let chosen = best(totals(reports))
    for member in 0..<reports.count {
      outcome.coefficients[member, chosen] = 1
      let others = totals(reports, without: member)
      let all = totals(reports)
      outcome.payments[member] =
        switch tax {
        case .pivot: others[best(others)] - others[chosen]
        case .ownBidInPivot: all[best(others)] - others[chosen]
        case .sideBySide:
          (0..<projects).reduce(0) { $0 + ((all[$1] > 0) != (others[$1] > 0) ? abs(others[$1]) : 0) }
        }
    }
  }

  func optimalWelfare(_ types: Profile) throws -> Double? { totals(types).max() }
}
