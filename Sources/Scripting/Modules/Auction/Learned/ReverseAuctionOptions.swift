import Solvers

/// What a learned reverse auction is made of, as options.
enum ReverseAuctionOptions {
  private static let standard = LearningSettings()
  static let valueScale = Parameter<Double>.number(
    "value_scale", "what all values are multiplied by, so that bids lie between 0 and 1", default: 10)
  static let head = Parameter<ReverseAuctionDesign.Head>.choice(
    "head", "shares of which one wins (as printed), the same with nobody among them, or each seller by itself",
    default: .sigmoid)
  static let payment = Parameter<ReverseAuctionDesign.Payment>.choice(
    "payment", "p z b (as printed: every winner loses), (1 + m p) z b, or z (b + p (highest bid - b))",
    default: .ceiling)
  static let utility = Parameter<AllocationUtility.Mode>.choice(
    "utility", "of chances: shares of data (as printed), one winner, or each wins by itself", default: .multilinear)
  static let regret = Parameter<ReverseAuctionDesign.Regret>.choice(
    "regret", "whose gain by misreporting trains: the buyer's surplus (as printed), or the bidder's", default: .bidder)
  static let objective = Parameter<ReverseAuctionDesign.Objective>.choice(
    "objective", "the buyer's surplus, or social welfare", default: .buyer)
  static let lowestBid = Parameter<Double>.number("lowest_bid", "at least 0", unit: "money", default: 0)
  static let highestBid = Parameter<Double>.number("highest_bid", "above the lowest", unit: "money", default: 1)
  static let markup = Parameter<Double>.number("markup", "m of the markup payment, at least 0", default: 1)
  static let inputShift = Parameter<Double>.number("input_shift", "what the networks see is (bid - shift) / scale")
    .optional("the middle of the bids")
  static let inputScale = Parameter<Double>.number("input_scale", "above 0").optional("half the range of the bids")

  static var all: [any AnyParameter] {
    SellerOptions.all + [
      valueScale, head, payment, utility, regret, objective, lowestBid, highestBid, markup, inputShift, inputScale,
    ]
  }

  static func design(_ arguments: Arguments) throws -> ReverseAuctionDesign {
    var design = ReverseAuctionDesign(sellers: try SellerOptions.sellers(arguments, scale: valueScale))
    design.head = arguments[head]
    design.payment = arguments[payment]
    design.utility = arguments[utility]
    design.regret = arguments[regret]
    design.objective = arguments[objective]
    design.lowestBid = arguments[lowestBid]
    design.highestBid = arguments[highestBid]
    design.markup = arguments[markup]
    design.inputShift = arguments[inputShift] ?? (design.lowestBid + design.highestBid) / 2
    design.inputScale = arguments[inputScale] ?? (design.highestBid - design.lowestBid) / 2
    return design
  }
}
