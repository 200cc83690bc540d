import Core
import Solvers

/// `auction`: votes, double auctions, shares, sealed bids, public projects, procurement, correlated types.
enum AuctionModule {
  static func module(_ context: RunContext) -> Module {
    Module(
      name: "auction",
      summary: "mechanisms, auctions of many kinds, votes, shares, public projects, procurement, learned auctions",
      functions: [double, vote, revenueShares, match, commitment, MechanismFunction.function]
        + AuctionMechanisms.functions + ProjectFunctions.all(context) + ProjectMoneyFunctions.all
        + ProcurementFunctions.all(context) + CremerMcLeanFunctions.all(context) + [PublicProjectFunction.function]
        + MarketMechanismFunctions.all(context) + SaleMechanismFunctions.all
        + SellerSelectionFunctions.all + ProducerFunctions.all + LearnedFunctions.all(context))
  }

  private static let asks = Parameter.numbers("asks", "what each seller asks, at least 0", unit: "money")

  // MARK: Double auctions

  /// The three rules.
  enum Rule: String, CaseIterable {
    case sharedCost = "shared_cost"
    case mcAfee = "mcafee"
    case paper

    func rule(_ buyerPrice: DoubleAuction.BuyerPrice, reserve: Double?) -> DoubleAuction.Rule {
      switch self {
      case .sharedCost: .sharedCost(reserve: reserve)
      case .mcAfee: .mcAfee
      case .paper: .printed(buyerPrice)
      }
    }
  }

  static let rule = Parameter<Rule>.choice(
    "rule", "one seller for many buyers who share its price, McAfee's pairs, or as printed", default: .sharedCost)
  static let buyerPrice = Parameter<DoubleAuction.BuyerPrice>.choice(
    "buyer_price", "the three readings of the printed price", default: .uniformNext)
  static let reserve = Parameter<Double>.number(
    "reserve", "what shared_cost pays the seller at most, at least 0; with one seller it is the price", unit: "money"
  ).optional()

  private static var double: Function {
    let bids = Parameter.numbers("bids", "what each buyer bids, at least 0", unit: "money")
    return Function(
      Signature(
        "auction.double", "Clears a double auction: who trades, who pays and receives how much.",
        [asks, bids, rule, buyerPrice, reserve],
        result: "a result with trades, winning_buyers, winning_sellers, buyer_payments, seller_receipts, auctioneer",
        errors: ["EmptyInput", "NotFinite", "InvalidParameter"],
        source: "PMS-AM (35) and 5.2 3); McAfee 1992; shared cost is ours",
        example: "auction.double{ asks = { 1, 5 }, bids = { 10, 4, 2 } }")
    ) { arguments in
      let outcome = try arguments[rule].rule(arguments[buyerPrice], reserve: arguments[reserve])
        .cleared(asks: arguments[asks], bids: arguments[bids])
      return .object(
        AuctionReport.result(outcome, asks: arguments[asks], bids: arguments[bids], rule: arguments[rule].rawValue))
    }
  }

  // MARK: The organisation

  private static var vote: Function {
    let votes = Parameter.matrix("votes", "1 where a member (column) approves another's (row) ask, else 0")
    return Function(
      Signature(
        "auction.vote", "The members vote on each other's asks: an ask counts when at least N/2 of the others approve.",
        [GameOption.benefit, votes], result: "a table with approved, asks (0 where refused) and ask_total",
        errors: ["EmptyInput", "ShapeMismatch", "NotFinite", "InvalidParameter"], source: "PMS-AM (34)",
        example: "auction.vote{ benefit = { { 1 }, { 2 } }, votes = { { 0, 1 }, { 1, 0 } } }")
    ) { arguments in
      let vote = try MemberVote.held(benefit: arguments[GameOption.benefit], votes: arguments[votes])
      return .record([
        "approved": .booleans(vote.approved), "asks": .numbers(vote.asks), "ask_total": .number(vote.askTotal),
      ])
    }
  }

  private static var revenueShares: Function {
    let receipt = Parameter<Double>.number("receipt", "what the organisation received, at least 0", unit: "money")
    return Function(
      Signature(
        "auction.revenue_shares", "Splits what an organisation received in proportion to its members' approved asks.",
        [receipt, asks], result: "a list, one share per member",
        errors: ["EmptyInput", "NotFinite", "InvalidParameter", "UndefinedRatio"], source: "PMS-AM 5.2 3)c, (34)",
        example: "auction.revenue_shares{ receipt = 100, asks = { 1, 0, 3 } }")
    ) { arguments in
      .numbers(try RevenueShares.proportional(receipt: arguments[receipt], asks: arguments[asks]))
    }
  }

  private static var match: Function {
    let sellers = Parameter.strings("sellers", "the service that each seller offers")
    let buyers = Parameter.strings("buyers", "the service that each buyer wants")
    return Function(
      Signature(
        "auction.match", "Groups the sellers and buyers of the same service.", [sellers, buyers],
        result: "a list of tables with key, sellers and buyers (1-based), by key", errors: ["EmptyInput"],
        source: "PMS-AM 5.2; the rule is ours",
        example: "auction.match{ sellers = { \"vr\" }, buyers = { \"map\", \"vr\" } }")
    ) { arguments in
      .list(
        try ServiceGroup.matched(sellerKeys: arguments[sellers], buyerKeys: arguments[buyers]).map { group in
          .record([
            "key": .string(group.key), "sellers": .integers(group.sellers.map { $0 + 1 }),
            "buyers": .integers(group.buyers.map { $0 + 1 }),
          ])
        })
    }
  }

  private static var commitment: Function {
    let auction = Parameter<String>.string("auction", "the auction's name")
    let bidder = Parameter<String>.string("bidder", "who bids")
    let quality = Parameter<Int>.integer("quality_micro", "the bid for quality, at least 0", unit: "1e-6 tokens")
    let freshness = Parameter<Int>.integer("freshness_micro", "the bid for freshness, at least 0", unit: "1e-6 tokens")
    let nonce = Parameter<String>.string("nonce", "at least 128 random bits in hexadecimal")
    return Function(
      Signature(
        "auction.commitment", "SHA-256 of a bid's canonical text: what is posted before bids are opened.",
        [auction, bidder, quality, freshness, nonce], result: "64 hexadecimal digits", errors: ["InvalidParameter"],
        source: "PMS-AM 5.2; the format is ours",
        example: """
          auction.commitment{ auction = "A1", bidder = "P1", quality_micro = 35800000, freshness_micro = 37200000,
            nonce = "00112233445566778899aabbccddeeff" }
          """)
    ) { arguments in
      .string(
        try bidCommitment(
          auction: arguments[auction], bidder: arguments[bidder], qualityMicro: Int64(arguments[quality]),
          freshnessMicro: Int64(arguments[freshness]), nonce: arguments[nonce]
        ).description)
    }
  }
}
