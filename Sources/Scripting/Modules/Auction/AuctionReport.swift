import Solvers

/// The outcome of a double auction as users see it; sellers and buyers are counted from one.
enum AuctionReport {
  static func result(
    _ outcome: DoubleAuction.Outcome, asks: [Double], bids: [Double], rule: String
  ) -> ResultObject {
    let buying = Set(outcome.winningBuyers)
    let selling = Set(outcome.winningSellers)
    func words(_ count: Int, _ winners: Set<Int>) -> [String] { (0..<count).map { winners.contains($0) ? "wins" : "" } }
    return ResultObject(
      "double auction (\(rule))",
      fields: [
        "trades": .integer(outcome.trades), "winning_buyers": .integers(outcome.winningBuyers.map { $0 + 1 }),
        "winning_sellers": .integers(outcome.winningSellers.map { $0 + 1 }),
        "buyer_payments": .numbers(outcome.buyerPayments), "seller_receipts": .numbers(outcome.sellerReceipts),
        "auctioneer": .number(outcome.auctioneer), "asks": .numbers(asks), "bids": .numbers(bids),
        "rule": .string(rule),
      ],
      tables: [
        TextTable(
          "Sellers",
          [
            .init("seller", .integers(Array(1...max(1, asks.count)))), .init("ask", .numbers(asks)),
            .init("receives", .numbers(outcome.sellerReceipts)), .init("", .text(words(asks.count, selling))),
          ]),
        TextTable(
          "Buyers",
          [
            .init("buyer", .integers(Array(1...max(1, bids.count)))), .init("bid", .numbers(bids)),
            .init("pays", .numbers(outcome.buyerPayments)), .init("", .text(words(bids.count, buying))),
          ]),
      ],
      notes: ["the auctioneer keeps \(NumberFormat.readable(outcome.auctioneer))"], payload: outcome)
  }
}
