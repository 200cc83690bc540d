import Core

/// `ledger:bids`: what past auctions have revealed.
enum BidHistory {
  private enum Side: String, CaseIterable {
    case bid, ask

    var side: BidSide { self == .bid ? .bid : .ask }
  }

  static var bids: Function {
    let bidder = Parameter<String>.string("bidder", "whose").optional("everybody's")
    let side = Parameter<Side>.choice("side", "what buyers bid, or what sellers ask", default: .bid)
    return .method(
      Signature(
        "ledger:bids", "The bids that past auctions have opened, oldest auction first.", [bidder, side],
        result: "a result with auction, time (of the deadline), bidder, bids, quality and freshness as columns",
        errors: ["UnknownAccount", "InvalidParameter"], source: "PMS-AM 5.1 and 5.2",
        example: "history = book:bids{ bidder = \"MSP 2\" }.bids")
    ) { (object: LedgerObject, arguments) in
      let name = arguments[bidder]
      if let name { _ = try object.address(of: name) }
      let found = object.ledger.state.revealedBids.filter {
        $0.side == arguments[side].side && (name == nil || $0.bid.bidder.text == name)
      }
      let auctions = found.map(\.bid.auction.text)
      let bidders = found.map(\.bid.bidder.text)
      let values = found.map(\.value)
      return .object(
        ResultObject(
          "opened \(arguments[side].rawValue)s" + (name.map { " of \($0)" } ?? ""),
          fields: [
            "auction": .strings(auctions), "time": .numbers(found.map(\.deadline.seconds)),
            "bidder": .strings(bidders), "bids": .numbers(values),
            "quality": .numbers(found.map { Micro.tokens($0.bid.qualityMicro) }),
            "freshness": .numbers(found.map { Micro.tokens($0.bid.freshnessMicro) }),
          ],
          tables: [
            TextTable(
              "",
              [.init("auction", .text(auctions)), .init("bidder", .text(bidders)), .init("tokens", .numbers(values))])
          ]))
    }
  }
}
