import Tensor

/// Auctions in which sellers ask and buyers bid, each for one unit.
///
/// The three rules, from the printed one to the one we recommend, stand in files of their own. All asks and bids are at
/// least 0, in money; ties go to the lower index.
public enum DoubleAuction {
  /// Who trades, and what money moves.
  public struct Outcome: Equatable, Sendable {
    /// How many buyers win.
    public let trades: Int
    /// Indices, the highest bid first.
    public let winningBuyers: [Int]
    /// Indices, the lowest ask first.
    public let winningSellers: [Int]
    /// What each buyer pays, 0 for those who lose.
    public let buyerPayments: [Double]
    /// What each seller receives, 0 for those who lose.
    public let sellerReceipts: [Double]

    public init(
      trades: Int, winningBuyers: [Int], winningSellers: [Int], buyerPayments: [Double], sellerReceipts: [Double]
    ) {
      self.trades = trades
      self.winningBuyers = winningBuyers
      self.winningSellers = winningSellers
      self.buyerPayments = buyerPayments
      self.sellerReceipts = sellerReceipts
    }

    /// What the auctioneer keeps; below 0 when the auction runs at a loss.
    public var auctioneer: Double { buyerPayments.reduce(0, +) - sellerReceipts.reduce(0, +) }
  }

  /// Asks in ascending and bids in descending order, and how far down the lists they cross.
  struct Book {
    let sellers: [Int]
    let buyers: [Int]
    private let asks: [Double]
    private let bids: [Double]

    /// - Throws: `EmptyInput`, `NotFinite`, `InvalidParameter`.
    init(asks: [Double], bids: [Double]) throws {
      try check(
        .each(.seller, "asks", asks, .nonNegative),
        .each(.buyer, "bids", bids, .nonNegative))
      self.asks = asks
      self.bids = bids
      sellers = Ranked.order(of: asks)
      buyers = Ranked.order(of: bids.map { -$0 })
    }

    /// The ask of the given rank, counted from 1; nil beyond the last seller.
    func ask(_ rank: Int) -> Double? { rank <= sellers.count ? asks[sellers[rank - 1]] : nil }

    /// The bid of the given rank, counted from 1; nil beyond the last buyer.
    func bid(_ rank: Int) -> Double? { rank <= buyers.count ? bids[buyers[rank - 1]] : nil }

    /// The largest k for which the k-th bid covers the k-th ask; 0 when none does.
    var crossing: Int {
      let pairs = zip(buyers, sellers)
      return pairs.enumerated().first { bids[$1.0] < asks[$1.1] }?.offset ?? min(buyers.count, sellers.count)
    }

    /// The outcome in which the given numbers of the best buyers and sellers trade.
    func settled(
      buyers buying: Int, sellers selling: Int, payment: (_ rank: Int) -> Double, receipt: Double
    ) -> Outcome {
      var payments = [Double](repeating: 0, count: bids.count)
      var receipts = [Double](repeating: 0, count: asks.count)
      for rank in 0..<buying { payments[buyers[rank]] = payment(rank + 1) }
      for rank in 0..<selling { receipts[sellers[rank]] = receipt }
      return Outcome(
        trades: buying, winningBuyers: Array(buyers.prefix(buying)), winningSellers: Array(sellers.prefix(selling)),
        buyerPayments: payments, sellerReceipts: receipts)
    }

    /// Fewer pairs trade than could; buyers pay and sellers receive what the first pair left out had offered.
    func reduced(to pairs: Int, bid: Double, ask: Double) -> Outcome {
      settled(buyers: pairs, sellers: pairs, payment: { _ in bid }, receipt: ask)
    }

    var noTrade: Outcome { settled(buyers: 0, sellers: 0, payment: { _ in 0 }, receipt: 0) }
  }
}
