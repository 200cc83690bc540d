extension DoubleAuction {
  /// McAfee's dominant-strategy double auction: unit trades between the best buyers and the best sellers.
  ///
  /// With k crossing pairs and p the mean of the next bid and the next ask, all k pairs trade at p if p lies between
  /// the k-th ask and the k-th bid. Otherwise, or where there is no next bid or ask, the k-th pair gives up its trade
  /// and sets the prices: the others pay the k-th bid and receive the k-th ask.
  ///
  /// - Throws: `EmptyInput`, `NotFinite`, `InvalidParameter`.
  ///
  /// Source: McAfee, "A dominant strategy double auction", Journal of Economic Theory 56 (1992).
  public static func mcAfee(asks: [Double], bids: [Double]) throws -> Outcome {
    let book = try Book(asks: asks, bids: bids)
    let pairs = book.crossing
    guard pairs > 0, let marginalAsk = book.ask(pairs), let marginalBid = book.bid(pairs) else { return book.noTrade }
    if let nextAsk = book.ask(pairs + 1), let nextBid = book.bid(pairs + 1) {
      let price = nextBid / 2 + nextAsk / 2
      if marginalAsk <= price, price <= marginalBid {
        return book.settled(buyers: pairs, sellers: pairs, payment: { _ in price }, receipt: price)
      }
    }
    return book.reduced(to: pairs - 1, bid: marginalBid, ask: marginalAsk)
  }
}
