import Core
import Solvers
import Tensor

/// A sealed-bid double auction on a ledger, step by step.
final class SaleObject: ScriptObject {
  static let typeName = "sale"
  private(set) var auction: SealedBidAuction
  let book: LedgerObject
  /// The rule's outcome on the opened bids.
  private(set) var outcome: DoubleAuction.Outcome?

  init(_ auction: SealedBidAuction, on book: LedgerObject) {
    self.auction = auction
    self.book = book
  }

  var asks: [Double] { auction.openedBids?.asks.map(\.value) ?? [] }
  var bids: [Double] { auction.openedBids?.bids.map(\.value) ?? [] }

  static var type: ObjectType {
    ObjectType(
      SaleObject.self, "a sealed-bid double auction on a ledger",
      methods: [ask, bid, close, openBids, clear, settle],
      fields: [
        TypedField("name", "of the auction") { .string($0.auction.name.text) },
        TypedField("stage", "taking bids, bidding over, closed, opened, cleared or settled") { .string($0.stageWords) },
        TypedField("deadline", "bids are taken before it, in seconds") { .number($0.auction.deadline.seconds) },
      ],
      describe: { "auction \($0.auction.name), \($0.stageWords)" })
  }

  private var stageWords: String {
    switch auction.stage {
    case .takingBids: book.now < auction.deadline ? "taking bids" : "bidding over"
    case .closed: "closed"
    case .opened: "opened"
    case .cleared: "cleared"
    case .settled: "settled"
    }
  }

  // MARK: Sealed bids

  private static var ask: Function {
    let seller = Parameter<String>.string("seller", "the account that sells")
    let price = Parameter<Double>.number("price", "the least it wants", unit: "tokens", domain: .money)
    let token = Parameter<String>.string("token", "the model's token, from dao:mint")
    return .method(
      Signature(
        "sale:ask", "Seals, signs and commits a seller's ask.", [seller, price, token], result: "the commitment",
        errors: [
          "UnknownAccount", "NotFinite", "InvalidParameter", "AmountOverflow", "DuplicateBid", "LateBid",
          "UnknownToken", "WrongStage",
        ],
        source: "PMS-AM 5.2", example: "sale:ask{ seller = \"Aurora\", price = 200, token = nft.token }")
    ) { (sale: SaleObject, arguments) in
      guard let token = Digest(hexadecimal: arguments[token]) else {
        throw ScriptError.invalidParameter("option 'token' must be 64 hexadecimal digits, such as dao:mint gives")
      }
      _ = try sale.book.address(of: arguments[seller])
      return try sale.submit(
        .ask(
          by: Label(checking: arguments[seller]), key: sale.book.key(of: arguments[seller]), price: arguments[price],
          token: token))
    }
  }

  private static var bid: Function {
    let bidder = Parameter<String>.string("bidder", "the account that buys")
    let quality = Parameter<Double>.number("quality", "the bid for quality", unit: "tokens", domain: .money)
    let freshness = Parameter<Double>.number(
      "freshness", "the bid for freshness", unit: "tokens", default: 0, domain: .money)
    let deposit = Parameter<Amount>.amount("deposit", "what covers the bid; a larger one hides it better")
      .optional("the bid")
    return .method(
      Signature(
        "sale:bid", "Seals, signs and commits a buyer's bid, and sets its deposit aside.",
        [bidder, quality, freshness, deposit], result: "the commitment",
        errors: [
          "UnknownAccount", "NotFinite", "InvalidParameter", "AmountOverflow", "DuplicateBid", "LateBid",
          "InsufficientFunds", "WrongStage",
        ], source: "PMS-AM 5.2", example: "sale:bid{ bidder = \"MSP 1\", quality = 120, freshness = 80, deposit = 500 }"
      )
    ) { (sale: SaleObject, arguments) in
      _ = try sale.book.address(of: arguments[bidder])
      return try sale.submit(
        .bid(
          by: Label(checking: arguments[bidder]), key: sale.book.key(of: arguments[bidder]),
          quality: arguments[quality], freshness: arguments[freshness], deposit: arguments[deposit]))
    }
  }

  private func submit(_ submission: SealedBidAuction.Submission) throws -> LuaValue {
    let sealed = try auction.submit([submission], at: book.now)
    return .string(sealed.first?.commitment.description ?? "")
  }

  private static var close: Function {
    .method(
      Signature(
        "sale:close", "Waits, on the scenario's clock, until bids are no longer taken.", result: "the time, in seconds",
        errors: ["WrongStage"], example: "sale:close()")
    ) { (sale: SaleObject, _) in
      try sale.auction.close(at: max(sale.book.now, sale.auction.deadline))
      sale.book.advance(to: sale.auction.deadline)
      return .number(sale.book.now.seconds)
    }
  }

  private static var openBids: Function {
    .method(
      Signature(
        "sale:open_bids", "Opens the envelopes, signatures first, and reveals what was committed to.",
        result: "a result with sellers, asks, buyers, bids and discarded (with the reasons)", errors: ["WrongStage"],
        source: "PMS-AM 5.2", example: "print(sale:open_bids())")
    ) { (sale: SaleObject, _) in
      let opened = try sale.auction.openBids(at: sale.book.now)
      func table(_ title: String, _ who: String, _ entries: [OpenedBids.Entry]) -> TextTable {
        TextTable(
          title, [.init(who, .text(entries.map(\.name.text))), .init("tokens", .numbers(entries.map(\.value)))])
      }
      return .object(
        ResultObject(
          "opened bids",
          fields: [
            "sellers": .strings(opened.asks.map(\.name.text)), "asks": .numbers(opened.asks.map(\.value)),
            "buyers": .strings(opened.bids.map(\.name.text)), "bids": .numbers(opened.bids.map(\.value)),
            "discarded": .strings(opened.discarded.map { "\($0.bidder): \($0.reason.message)" }),
          ], tables: [table("Asks", "seller", opened.asks), table("Bids", "buyer", opened.bids)],
          notes: opened.discarded.map { "discarded: \($0.reason.message)" }))
    }
  }

  // MARK: Clearing and settling

  private static var clear: Function {
    .method(
      Signature(
        "sale:clear", "Decides by a rule who trades and at what price.",
        [AuctionModule.rule, AuctionModule.buyerPrice, AuctionModule.reserve],
        result: "a result like that of auction.double, with seller_names and buyer_names",
        errors: ["WrongStage", "InvalidParameter"], source: "PMS-AM (35); shared cost is ours",
        example: "print(sale:clear{ rule = \"shared_cost\" })")
    ) { (sale: SaleObject, arguments) in
      let rule = arguments[AuctionModule.rule]
      var outcome: DoubleAuction.Outcome?
      _ = try sale.auction.clear(at: sale.book.now) { asks, bids in
        // Where one side is missing nobody trades, and settling gives the deposits back.
        let cleared =
          asks.isEmpty || bids.isEmpty
          ? DoubleAuction.Outcome(
            trades: 0, winningBuyers: [], winningSellers: [], buyerPayments: bids.map { _ in 0 },
            sellerReceipts: asks.map { _ in 0 })
          : try rule.rule(arguments[AuctionModule.buyerPrice], reserve: arguments[AuctionModule.reserve])
            .cleared(asks: asks, bids: bids)
        outcome = cleared
        return (cleared.buyerPayments, cleared.sellerReceipts)
      }
      sale.outcome = outcome
      guard let outcome, let opened = sale.auction.openedBids else { return .none }
      return .object(
        AuctionReport.result(
          outcome, asks: sale.asks, bids: sale.bids, rule: rule.rawValue, sellers: opened.asks.map(\.name.text),
          buyers: opened.bids.map(\.name.text)))
    }
  }

  private static var settle: Function {
    .method(
      Signature(
        "sale:settle", "Settles on the ledger: deposits pay, sellers receive, the rest goes back, winners get access.",
        result: "a result with block, paid, received and receipts by seller",
        errors: ["WrongStage", "BudgetDeficit", "InvalidSettlement"], source: "specification 9.5",
        example: "receipt = sale:settle().receipts[\"Aurora\"]")
    ) { (sale: SaleObject, _) in
      let block = try sale.auction.settle(at: sale.book.now)
      guard let clearing = sale.auction.clearing else { return .none }
      let receipts = Record(clearing.receipts.map { (name: $0.name.text, value: .string($0.amount.description)) })
      return .object(
        ResultObject(
          "settled in block \(block.height): buyers pay \(clearing.totalPayments), sellers receive \(clearing.totalReceipts)",
          fields: [
            "block": .integer(Int(block.height)), "paid": .string(clearing.totalPayments.description),
            "received": .string(clearing.totalReceipts.description), "receipts": .record(receipts),
          ]))
    }
  }
}
