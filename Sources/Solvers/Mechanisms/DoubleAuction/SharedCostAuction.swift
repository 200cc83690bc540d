import Tensor

extension DoubleAuction {
  /// The rule we recommend for a model, which one seller can sell to many: the lowest ask is served, the seller
  /// receives the smaller of the second ask and the reserve, and the winners share that price equally.
  ///
  /// As many of the highest bidders win as can each cover an equal share. The seller's price does not depend on its own
  /// ask, and equal sharing of a fixed price is truthful for buyers (Moulin 1999), so truth is dominant on both sides;
  /// the payments add to the receipt. A single seller without a reserve is paid its own ask, and may overstate it.
  ///
  /// - Parameter reserve: the highest price that a seller may receive, at least 0; nil for none.
  /// - Throws: `EmptyInput`, `NotFinite`, `InvalidParameter`.
  ///
  /// Source: ours, after the seller's rule of PMS-AM 5.2, 3).
  public static func sharedCost(asks: [Double], bids: [Double], reserve: Double? = nil) throws -> Outcome {
    try check(
      .each(.seller, "asks", asks, .nonNegative),
      .each(.buyer, "bids", bids, .nonNegative),
      .scalar("reserve price", reserve ?? 0, .nonNegative))
    let book = try Book(asks: asks, bids: bids)
    guard let lowestAsk = book.ask(1), lowestAsk <= reserve ?? lowestAsk else { return book.noTrade }
    let price = min(book.ask(2) ?? reserve ?? lowestAsk, reserve ?? .infinity)
    let winners = (1...bids.count).last { count in (book.bid(count) ?? 0) >= price / Double(count) }
    guard let winners else { return book.noTrade }
    let share = price / Double(winners)
    return book.settled(buyers: winners, sellers: 1, payment: { _ in share }, receipt: price)
  }
}
