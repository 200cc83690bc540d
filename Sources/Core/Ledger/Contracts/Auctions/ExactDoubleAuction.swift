import Solvers

/// Auctions in which sellers ask and buyers bid, each for one unit, in exact money.
///
/// The rules of `DoubleAuction` (Solvers) in whole base units, ties to the lower index. Where a rule divides, units are
/// placed so that everything balances: McAfee's mean is rounded down for both sides, and a shared price is split to the
/// last unit, the higher bidders first.
///
/// Sources: McAfee, Journal of Economic Theory 56 (1992); Moulin 1999; PMS-AM 5.2, 3).
public struct ExactDoubleAuction: Hashable, Sendable {
  public enum Rule: String, CaseIterable, Sendable {
    case mcAfee = "mcafee"
    case tradeReduction = "trade_reduction"
    case sharedCost = "shared_cost"
    /// PMS-AM as printed: it can run at a loss.
    case printed
  }

  public let rule: Rule
  /// The most that a seller receives under `sharedCost`.
  public let reserve: Amount?
  /// How the printed rule is read.
  public let buyerPrice: DoubleAuction.BuyerPrice

  public init(_ rule: Rule, reserve: Amount? = nil, buyerPrice: DoubleAuction.BuyerPrice = .uniformNext) {
    (self.rule, self.reserve, self.buyerPrice) = (rule, reserve, buyerPrice)
  }

  public struct Outcome: Hashable, Sendable {
    /// Indices, the highest bid first.
    public let buyers: [Int]
    /// Indices, the lowest ask first.
    public let sellers: [Int]
    /// What each buyer pays.
    public let payments: [Amount]
    /// What each seller receives.
    public let receipts: [Amount]
    /// What the payments leave over.
    public let surplus: Amount
    /// What the receipts lack; one of the two is zero.
    public let deficit: Amount
  }

  /// - Throws: `AmountError.overflow` when payments or receipts add to more than an amount holds.
  public func run(asks: [Amount], bids: [Amount]) throws(AmountError) -> Outcome {
    let book = Book(asks: asks, bids: bids)
    switch rule {
    case .mcAfee: return try mcAfee(book)
    case .tradeReduction: return try book.reduced(to: book.crossing - 1)
    case .sharedCost: return try sharedCost(book)
    case .printed: return try printed(book)
    }
  }

  private func mcAfee(_ book: Book) throws(AmountError) -> Outcome {
    let pairs = book.crossing
    if pairs > 0, let ask = book.ask(pairs), let bid = book.bid(pairs), let nextAsk = book.ask(pairs + 1),
      let nextBid = book.bid(pairs + 1)
    {
      // The mean without leaving 128 bits. Asks are whole units: who covers the mean covers it rounded down.
      let (low, high) = (min(nextAsk.units, nextBid.units), max(nextAsk.units, nextBid.units))
      let price = Amount(units: low + (high - low) / 2)
      let isBelowBid = price < bid || (price == bid && (high - low).isMultiple(of: 2))
      if ask <= price, isBelowBid {
        return try book.settled(
          payments: [Amount](repeating: price, count: pairs), receipts: [Amount](repeating: price, count: pairs))
      }
    }
    return try book.reduced(to: pairs - 1)
  }

  private func sharedCost(_ book: Book) throws(AmountError) -> Outcome {
    guard let lowest = book.ask(1), lowest <= reserve ?? lowest else { return try book.settled() }
    let price = min(book.ask(2) ?? reserve ?? lowest, reserve ?? .maximum)
    // Who covers a share that is rounded up covers any.
    let winners = book.buyers.indices.map { $0 + 1 }.last { count in
      let share = price.units / UInt128(count) + (price.units.isMultiple(of: UInt128(count)) ? 0 : 1)
      return (book.bid(count)?.units ?? 0) >= share
    }
    guard let winners else { return try book.settled() }
    return try book.settled(payments: price.split(weights: [UInt128](repeating: 1, count: winners)), receipts: [price])
  }

  private func printed(_ book: Book) throws(AmountError) -> Outcome {
    let winners = book.crossing
    guard winners > 0, let ask = book.ask(1) else { return try book.settled() }
    let payments = (1...winners).map { rank in
      switch buyerPrice {
      case .uniformNext: book.bid(winners + 1) ?? ask
      case .generalizedSecond: book.bid(rank + 1) ?? ask
      case .second: book.bid(2) ?? ask
      }
    }
    return try book.settled(payments: payments, receipts: [book.ask(2) ?? ask])
  }

  /// Asks in ascending and bids in descending order.
  private struct Book {
    let sellers: [Int]
    let buyers: [Int]
    private let asks: [Amount]
    private let bids: [Amount]

    init(asks: [Amount], bids: [Amount]) {
      (self.asks, self.bids) = (asks, bids)
      sellers = asks.indices.sorted { (asks[$0], $0) < (asks[$1], $1) }
      buyers = bids.indices.sorted { (bids[$1], $0) < (bids[$0], $1) }
    }

    /// By rank, from 1; nil beyond the last.
    func ask(_ rank: Int) -> Amount? { rank <= sellers.count ? asks[sellers[rank - 1]] : nil }
    func bid(_ rank: Int) -> Amount? { rank <= buyers.count ? bids[buyers[rank - 1]] : nil }

    /// The largest k for which the k-th bid covers the k-th ask.
    var crossing: Int {
      let most = min(buyers.count, sellers.count)
      return (0..<most).first { bids[buyers[$0]] < asks[sellers[$0]] } ?? most
    }

    /// The first pair left out sets the prices of the others.
    func reduced(to pairs: Int) throws(AmountError) -> Outcome {
      guard pairs >= 0, let ask = ask(pairs + 1), let bid = bid(pairs + 1) else { return try settled() }
      return try settled(
        payments: [Amount](repeating: bid, count: pairs), receipts: [Amount](repeating: ask, count: pairs))
    }

    /// - Parameters: what the best buyers pay and the best sellers receive, in the order of ranks.
    func settled(payments: [Amount] = [], receipts: [Amount] = []) throws(AmountError) -> Outcome {
      var paid = [Amount](repeating: .zero, count: bids.count)
      var received = [Amount](repeating: .zero, count: asks.count)
      for (buyer, payment) in zip(buyers, payments) { paid[buyer] = payment }
      for (seller, receipt) in zip(sellers, receipts) { received[seller] = receipt }
      let (income, expense) = (try Amount.total(paid), try Amount.total(received))
      return Outcome(
        buyers: Array(buyers.prefix(payments.count)), sellers: Array(sellers.prefix(receipts.count)), payments: paid,
        receipts: received, surplus: (try? income - expense) ?? .zero, deficit: (try? expense - income) ?? .zero)
    }
  }
}
