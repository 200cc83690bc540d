import Core

/// The secondary market: models at a price, and open sales to the highest bid; one or several together.
enum TradeMethods {
  static var all: [Function] { [list, buy, cancelListing, openSale, raise, closeSale] }

  private static let seller = Parameter<String>.string("seller", "who offers; it owns all of them")
  private static let tokens = LedgerParameters.digests("tokens", "the models, sold together")
  private static let errors =
    LedgerParameters.writing + ["UnknownToken", "NotOwner", "TokenOnSale", "TransferNotApproved"]

  private static func end(_ seconds: Double, _ book: LedgerObject) throws -> Timestamp {
    try Timestamp(seconds: book.now.seconds + seconds)
  }

  // MARK: At a price

  private static var list: Function {
    let price = Parameter<Amount>.amount("price", "for all of them")
    let seconds = Parameter<Double>.number(
      "duration", "how long the offer stands", unit: "s", default: 604_800, domain: .positive)
    return .method(
      Signature(
        "ledger:list", "Offers models at a price; they stay with their owner until somebody buys.",
        [seller, tokens, price, seconds], result: "the listing, for ledger:buy", errors: errors,
        source: "PMS-AM 3.1: the secondary market",
        example: "listing = book:list{ seller = \"MSP 1\", tokens = { nft.token }, price = 5 }")
    ) { (book: LedgerObject, arguments) in
      let next = try book.nextNonce(of: arguments[seller])
      let action = TradeAction.list(
        tokens: arguments[tokens], price: arguments[price], expiry: try end(arguments[seconds], book))
      try book.perform(.trade(action), by: arguments[seller])
      return .string(LedgerIdentifier.offer(seller: next.address, nonce: next.nonce).description)
    }
  }

  private static var cancelListing: Function {
    let listing = LedgerParameters.digest("listing", "from ledger:list")
    return .method(
      Signature(
        "ledger:cancel_listing", "Takes an offer back.", [seller, listing], result: "the height of the block",
        errors: errors + ["UnknownListing", "ListingClosed", "NotSeller"],
        example: """
          again = book:list{ seller = "MSP 2", tokens = { nft.token }, price = 30 }
          book:cancel_listing{ seller = "MSP 2", listing = again }
          """)
    ) { (book: LedgerObject, arguments) in
      try book.perform(.trade(.cancelListing(arguments[listing])), by: arguments[seller]).luaHeight
    }
  }

  private static var buy: Function {
    let buyer = Parameter<String>.string("buyer", "who pays")
    let listing = LedgerParameters.digest("listing", "from ledger:list")
    let limit = Parameter<Amount>.amount("limit", "refused above it").optional("the price, whatever it is")
    return .method(
      Signature(
        "ledger:buy", "Buys what is offered: the price to the seller, the royalty to those with shares.",
        [buyer, listing, limit], result: "the height of the block",
        errors: errors + ["UnknownListing", "ListingClosed", "ListingExpired", "PriceAboveLimit"],
        example: "book:buy{ buyer = \"MSP 2\", listing = listing }")
    ) { (book: LedgerObject, arguments) in
      try book.perform(
        .trade(.buy(listing: arguments[listing], limit: arguments[limit] ?? .maximum)), by: arguments[buyer]
      ).luaHeight
    }
  }

  // MARK: To the highest bid

  private static var openSale: Function {
    let reserve = Parameter<Amount>.amount("reserve", "the least bid").optional("nothing")
    let seconds = Parameter<Double>.number(
      "duration", "how long bids are taken", unit: "s", default: 3600, domain: .positive)
    return .method(
      Signature(
        "ledger:open_sale", "Offers models to the highest open bid; nobody may pass them on meanwhile.",
        [seller, tokens, reserve, seconds], result: "the sale, for ledger:raise and ledger:close_sale", errors: errors,
        example: """
          auctioned = book:open_sale{ seller = "MSP 2", tokens = { nft.token }, reserve = 10, duration = 60 }
          """)
    ) { (book: LedgerObject, arguments) in
      let next = try book.nextNonce(of: arguments[seller])
      let action = TradeAction.openSale(
        tokens: arguments[tokens], reserve: arguments[reserve] ?? .zero, deadline: try end(arguments[seconds], book))
      try book.perform(.trade(action), by: arguments[seller])
      return .string(LedgerIdentifier.offer(seller: next.address, nonce: next.nonce).description)
    }
  }

  private static var raise: Function {
    let bidder = Parameter<String>.string("bidder", "who bids")
    let sale = LedgerParameters.digest("sale", "from ledger:open_sale")
    let amount = Parameter<Amount>.amount("amount", "the bid, at least one per cent above the one before")
    return .method(
      Signature(
        "ledger:raise", "Bids in an open sale: the money lies with the ledger, the bid before goes back.",
        [bidder, sale, amount], result: "the height of the block",
        errors: errors + ["UnknownSale", "SaleClosed", "BidTooLow"],
        example: "book:raise{ bidder = \"MSP 1\", sale = auctioned, amount = 12 }")
    ) { (book: LedgerObject, arguments) in
      try book.perform(.trade(.raise(sale: arguments[sale], arguments[amount])), by: arguments[bidder]).luaHeight
    }
  }

  private static var closeSale: Function {
    let by = Parameter<String>.string("by", "anybody")
    let sale = LedgerParameters.digest("sale", "from ledger:open_sale")
    return .method(
      Signature(
        "ledger:close_sale",
        "Closes an open sale whose time is over: models to the highest bidder, its money to the "
          + "seller and those with shares.",
        [by, sale], result: "the height of the block", errors: errors + ["UnknownSale", "SaleClosed", "SaleOpen"],
        example: """
          book:advance(60)
          book:close_sale{ by = "MSP 1", sale = auctioned }
          """)
    ) { (book: LedgerObject, arguments) in
      try book.perform(.trade(.closeSale(arguments[sale])), by: arguments[by]).luaHeight
    }
  }
}
