import Solvers

/// Auctions that need no writing, as mechanisms to run and to audit.
enum AuctionMechanisms {
  static var functions: [Function] { [sealedBid, twoSided] }

  private static let bidders = Parameter<Int>.integer(
    "bidders", "how many want a unit", domain: .between(1, 10_000))
  private static let pricing = Parameter<SealedBidPricing>.choice(
    "pricing", "winners pay their own bid, the highest losing, the lowest winning, one of a rank, or everybody pays",
    default: .second)
  private static let units = Parameter<Int>.integer(
    "units", "how many equal units are sold", default: 1, domain: .between(1, 10_000))
  private static let rank = Parameter<Int>.integer(
    "rank", "whose bid sets the price of pricing = \"ranked\", 1 for the highest", default: 2,
    domain: .between(1, 10_000))
  private static let floor = Parameter<Double>.number(
    "reserve", "the least that a winner pays", unit: "money", default: 0, domain: .nonNegative)
  private static let value = MechanismFunction.interval("value", "between which values and bids lie, at least 0")

  private static var sealedBid: Function {
    Function(
      Signature(
        "auction.sealed_bid", "Sells equal units to bidders who want one each, at sealed bids.",
        [bidders, pricing, units, floor, rank, value], result: "a mechanism, to run and to audit",
        errors: ["NotFinite", "InvalidParameter"],
        source: "Vickrey 1961: truth is dominant where winners pay the highest losing bid",
        example: "auction.sealed_bid{ bidders = 3, pricing = \"first\" }:audit{}")
    ) { arguments in
      .object(
        MechanismObject(
          try SealedBidMechanism(
            bidders: arguments[bidders], bounds: arguments[value], pricing: arguments[pricing],
            units: arguments[units], reserve: arguments[floor], rank: arguments[rank])))
    }
  }

  /// The rules of a market with two sides.
  private enum Rule: String, CaseIterable {
    case sharedCost = "shared_cost"
    case mcAfee = "mcafee"
    case tradeReduction = "trade_reduction"
    case paper

    func mechanism(_ price: DoubleAuction.BuyerPrice, _ reserve: Double?) -> DoubleAuction.Rule {
      switch self {
      case .sharedCost: .sharedCost(reserve: reserve)
      case .mcAfee: .mcAfee
      case .tradeReduction: .tradeReduction
      case .paper: .printed(price)
      }
    }
  }

  private static let sellers = Parameter<Int>.integer("sellers", "how many ask", domain: .between(1, 10_000))
  private static let buyers = Parameter<Int>.integer("buyers", "how many bid", domain: .between(1, 10_000))
  private static let rule = Parameter<Rule>.choice(
    "rule", "one seller for many buyers who share its price, McAfee's pairs, pairs less the last, or PMS-AM as printed",
    default: .sharedCost)

  private static var twoSided: Function {
    Function(
      Signature(
        "auction.two_sided", "A market with asks and bids as a mechanism; auction.double clears one.",
        [sellers, buyers, rule, AuctionModule.buyerPrice, AuctionModule.reserve, value],
        result: "a mechanism, to run and to audit", errors: ["NotFinite", "InvalidParameter"],
        source: "PMS-AM (35) and 5.2 3); McAfee 1992; shared cost is ours",
        example: "auction.two_sided{ sellers = 2, buyers = 3, rule = \"paper\" }:audit{ trials = 200 }")
    ) { arguments in
      .object(
        MechanismObject(
          try DoubleAuctionMechanism(
            sellers: arguments[sellers], buyers: arguments[buyers], bounds: arguments[value],
            rule: arguments[rule].mechanism(arguments[AuctionModule.buyerPrice], arguments[AuctionModule.reserve]))))
    }
  }
}
