import Solvers

/// The outcome of a double auction as users see it; sellers and buyers are counted from one.
enum AuctionReport {
  static func result(
    _ outcome: DoubleAuction.Outcome, asks: [Double], bids: [Double], rule: String, sellers: [String]? = nil,
    buyers: [String]? = nil
  ) -> ResultObject {
    let sellers = sellers ?? asks.indices.map { String($0 + 1) }
    let buyers = buyers ?? bids.indices.map { String($0 + 1) }
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
        "rule": .string(rule), "seller_names": .strings(sellers), "buyer_names": .strings(buyers),
      ],
      tables: [
        TextTable(
          "Sellers",
          [
            .init("seller", .text(sellers)), .init("ask", .numbers(asks)),
            .init("receives", .numbers(outcome.sellerReceipts)), .init("", .text(words(asks.count, selling))),
          ]),
        TextTable(
          "Buyers",
          [
            .init("buyer", .text(buyers)), .init("bid", .numbers(bids)),
            .init("pays", .numbers(outcome.buyerPayments)), .init("", .text(words(bids.count, buying))),
          ]),
      ],
      notes: ["the auctioneer keeps \(NumberFormat.readable(outcome.auctioneer))"],
      pictures: [Picture("supply and demand", SupplyAndDemand.plot(asks: asks, bids: bids, outcome: outcome))],
      payload: outcome)
  }
}
