extension DoubleAuction {
  /// Unit trades between all crossing pairs but the last, which sets the prices: buyers pay its bid, sellers receive its
  /// ask.
  ///
  /// Truth is dominant on both sides; one trade, the least valuable, is always lost, and the auctioneer keeps the rest.
  ///
  /// - Throws: `EmptyInput`, `NotFinite`, `InvalidParameter`.
  ///
  /// Source: McAfee, "A dominant strategy double auction", Journal of Economic Theory 56 (1992), without the price that
  /// saves the last trade.
  public static func tradeReduction(asks: [Double], bids: [Double]) throws -> Outcome {
    let book = try Book(asks: asks, bids: bids)
    let pairs = book.crossing
    guard pairs > 0, let ask = book.ask(pairs), let bid = book.bid(pairs) else { return book.noTrade }
    return book.reduced(to: pairs - 1, bid: bid, ask: ask)
  }
}
