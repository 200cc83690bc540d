/// Who pays what and who receives what, in whole millionths of a token.
public struct Clearing: Hashable, Sendable {
  public struct Line: Hashable, Sendable {
    public let party: Address
    public let name: Label
    public let amount: Amount
    /// Whether it trades: pays or receives something.
    public var isWinner: Bool { !amount.isZero }
  }

  /// In the order of the bids.
  public let payments: [Line]
  /// In the order of the asks.
  public let receipts: [Line]
  public let totalPayments: Amount
  public let totalReceipts: Amount
  /// The models that change hands: those of the sellers who receive something.
  public let tokensSold: [Digest]

  /// What the payments leave to the auctioneer; zero for a deficit.
  public var surplus: Amount { (try? totalPayments - totalReceipts) ?? .zero }

  /// Converts a rule's doubles to money. A payment that is no whole number of millionths is rounded up, a receipt down
  /// (bids are whole millionths, so that nobody is made to pay more than it bid), and the difference, less than a
  /// millionth each, is the auctioneer's.
  ///
  /// - Throws: `MarketError.wrongCount`; `AmountError` for NaN, infinities and negative numbers.
  init(of bids: OpenedBids, buyerPayments: [Double], sellerReceipts: [Double]) throws {
    guard buyerPayments.count == bids.bids.count else {
      throw MarketError.wrongCount(what: "buyer payments", expected: bids.bids.count, given: buyerPayments.count)
    }
    guard sellerReceipts.count == bids.asks.count else {
      throw MarketError.wrongCount(what: "seller receipts", expected: bids.asks.count, given: sellerReceipts.count)
    }
    payments = try Self.lines(bids.bids, buyerPayments, rounding: .up)
    receipts = try Self.lines(bids.asks, sellerReceipts, rounding: .down)
    totalPayments = try Amount.total(payments.map(\.amount))
    totalReceipts = try Amount.total(receipts.map(\.amount))
    tokensSold = zip(bids.asks, receipts).compactMap { $1.isWinner ? $0.token : nil }
  }

  private static func lines(
    _ entries: [OpenedBids.Entry], _ amounts: [Double], rounding: Micro.Rounding
  ) throws -> [Line] {
    try zip(entries, amounts).map { entry, amount in
      Line(
        party: entry.bidder, name: entry.name, amount: Amount(micro: try Micro.from(amount, rounding: rounding)))
    }
  }

  func settlement(of auction: Label) -> Settlement {
    Settlement(
      auction: auction,
      purchases: payments.filter(\.isWinner).map {
        Settlement.Purchase(buyer: $0.party, payment: $0.amount, tokens: tokensSold)
      },
      receipts: receipts.filter(\.isWinner).map { Payment(to: $0.party, amount: $0.amount) })
  }
}
