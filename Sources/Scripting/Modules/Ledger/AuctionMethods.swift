import Core
import Tensor

/// Sealed-bid auctions on a ledger: opening one, going on with one, and what became of all.
enum AuctionMethods {
  static var all: [Function] { [open, resume, auctions, reclaim] }

  /// `ledger:auction`.
  private static var open: Function {
    let name = Parameter<String>.string("name", "of the auction")
    let auctioneer = Parameter<String>.string(
      "auctioneer", "whose key the bids are sealed to; opened where missing", default: "auctioneer")
    let duration = Parameter<Double>.number(
      "duration", "how long bids are taken", unit: "s", default: 60, domain: .positive)
    let settlement = Parameter<Double>.number(
      "settlement", "how long after that it must be settled, or bidders may reclaim their deposits", unit: "s",
      default: 600, domain: .positive)
    return .method(
      Signature(
        "ledger:auction", "Opens a sealed-bid double auction.", [name, auctioneer, duration, settlement],
        result: "a sale", errors: ["AuctionExists", "InvalidParameter"], source: "PMS-AM 5.2; specification 9.3 to 9.5",
        example: "sale = book:auction{ name = \"round 1\", duration = 60 }")
    ) { (book: LedgerObject, arguments) in
      let key = try book.key(of: arguments[auctioneer])
      let start = book.now
      let deadline = try Timestamp(seconds: start.seconds + arguments[duration])
      let settlement = try Timestamp(seconds: deadline.seconds + arguments[settlement])
      let label = try Label(checking: arguments[name])
      // Before an auctioneer is given an account for nothing.
      guard book.ledger.state.auction(label) == nil else { throw Refusal.auctionExists(label) }
      if book.ledger.state.account(key.address) == nil {
        try book.ledger.perform([(.openAccount(name: Label(checking: arguments[auctioneer])), key)], at: start)
      }
      return .object(
        SaleObject(
          try SealedBidAuction(
            named: label, on: book.ledger, auctioneer: key, deadline: deadline, settlementDeadline: settlement,
            at: start), on: book))
    }
  }

  /// `ledger:resume_auction`.
  private static var resume: Function {
    let name = Parameter<String>.string("name", "of an auction on the ledger")
    return .method(
      Signature(
        "ledger:resume_auction", "Goes on with an auction that an earlier session left on the ledger.", [name],
        result: """
          a sale as the ledger knows it: time that passed without a block has to pass again (sale:close), and how it was \
          cleared is there only once it is settled, so that sale:clear comes again before that
          """,
        errors: ["UnknownAuction", "InvalidParameter"], source: "PMS-AM 5.2; specification 9.3 to 9.5",
        example: """
          book:auction{ name = "round 2" }
          sale = book:resume_auction("round 2")
          """)
    ) { (book: LedgerObject, arguments) in
      let label = try Label(checking: arguments[name])
      guard let auction = book.ledger.state.auction(label) else { throw Refusal.unknownAuction(label) }
      let key = try book.key(of: book.name(of: auction.auctioneer))
      return .object(SaleObject(try SealedBidAuction(resuming: label, on: book.ledger, auctioneer: key), on: book))
    }
  }

  /// `ledger:auctions`.
  private static var auctions: Function {
    .method(
      Signature(
        "ledger:auctions", "All sealed-bid auctions, oldest deadline first.",
        result: """
          a result with name, stage (taking bids, bidding over, settled, or unsettled, when deposits may be reclaimed), \
          auctioneer, deadline, settlement, bids and opened (how many) as columns
          """,
        example: "print(book:auctions())")
    ) { (book: LedgerObject, _) in
      let all = book.ledger.state.auctions
      let names = all.map(\.name.text)
      let stages = all.map { stage(of: $0.auction, at: book.now) }
      let counts = all.map(\.auction.bidders.count)
      let opened = all.map { name, auction in
        auction.bidders.count { book.ledger.state.bid(auction: name, bidder: $0)?.opened != nil }
      }
      return .object(
        ResultObject(
          "auctions",
          fields: [
            "name": .strings(names), "stage": .strings(stages),
            "auctioneer": .strings(all.map { book.name(of: $0.auction.auctioneer) }),
            "deadline": .numbers(all.map(\.auction.deadline.seconds)),
            "settlement": .numbers(all.map(\.auction.settlementDeadline.seconds)), "bids": .integers(counts),
            "opened": .integers(opened),
          ],
          tables: [
            TextTable(
              "",
              [
                .init("auction", .text(names)), .init("stage", .text(stages)), .init("bids", .integers(counts)),
                .init("opened", .integers(opened)),
              ])
          ]))
    }
  }

  private static func stage(of auction: AuctionRecord, at now: Timestamp) -> String {
    if auction.isSettled { return "settled" }
    if now < auction.deadline { return "taking bids" }
    return now < auction.settlementDeadline ? "bidding over" : "unsettled"
  }

  /// `ledger:reclaim_deposit`.
  private static var reclaim: Function {
    let name = Parameter<String>.string("auction", "its name")
    let by = Parameter<String>.string("by", "whose deposit it is")
    return .method(
      Signature(
        "ledger:reclaim_deposit", "A bidder takes its deposit out of an auction that was not settled in time.",
        [name, by], result: "the height of the block",
        errors: LedgerParameters.writing + [
          "UnknownAuction", "AuctionSettled", "SettlementPending", "NothingToReclaim",
        ],
        source: "specification 9.5",
        example: """
          late = book:auction{ name = "late", duration = 1, settlement = 1 }
          late:bid{ bidder = "MSP 1", quality = 2 }
          book:advance(3)
          book:reclaim_deposit{ auction = "late", by = "MSP 1" }
          """)
    ) { (book: LedgerObject, arguments) in
      try book.perform(.reclaimDeposit(auction: Label(checking: arguments[name])), by: arguments[by]).luaHeight
    }
  }
}
