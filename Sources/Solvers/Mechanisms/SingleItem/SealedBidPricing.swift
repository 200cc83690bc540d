/// What the winners of a sealed-bid auction pay.
public enum SealedBidPricing: String, CaseIterable, Sendable {
  /// Their own bids: first price with one unit, discriminatory with several.
  case first
  /// The highest losing bid: second price with one unit, uniform price with several. Truth is dominant.
  case second
  /// The lowest winning bid: the other uniform price, which a marginal winner sets itself.
  case uniform
  /// The bid of a rank that is given, whoever made it.
  case ranked
  /// Everybody pays its own bid, winner or not.
  case allPay = "all_pay"
}
