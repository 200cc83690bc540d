extension DoubleAuction {
  /// What "the next largest buy-bid" may mean.
  public enum BuyerPrice: String, CaseIterable, Sendable {
    /// Every winner pays the highest losing bid.
    case uniformNext = "uniform_next"
    /// Every winner pays the bid below its own.
    case generalizedSecond = "gsp"
    /// Every winner pays the second bid of all.
    case second
  }

  /// The rule as printed: the buyers above the crossing win, the seller with the lowest ask serves them all and
  /// receives the second ask.
  ///
  /// Under none of its readings does it balance its budget, hold every buyer harmless, or reward the truth; it is here
  /// to be compared with. Our completion where the paper is silent: a missing next bid is the winning ask, a missing
  /// second ask the seller's own.
  ///
  /// - Throws: `EmptyInput`, `NotFinite`, `InvalidParameter`.
  ///
  /// Source: PMS-AM (35) and section 5.2, 3).
  public static func printed(
    asks: [Double], bids: [Double], buyerPrice: BuyerPrice = .uniformNext
  ) throws -> Outcome {
    let book = try Book(asks: asks, bids: bids)
    let winners = book.crossing
    guard winners > 0, let winningAsk = book.ask(1) else { return book.noTrade }
    return book.settled(
      buyers: winners, sellers: 1,
      payment: { rank in
        let next =
          switch buyerPrice {
          case .uniformNext: winners + 1
          case .generalizedSecond: rank + 1
          case .second: 2
          }
        return book.bid(next) ?? winningAsk
      },
      receipt: book.ask(2) ?? winningAsk)
  }
}
