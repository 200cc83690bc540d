import Core

/// What accounts do with money beside `ledger:transfer`.
enum MoneyMethods {
  static var all: [Function] { [burn, approve, spend, allowance] }

  private static let amount = Parameter<Amount>.amount("amount", "how much")

  private static var burn: Function {
    let from = Parameter<String>.string("from", "the account whose money goes")
    return .method(
      Signature(
        "ledger:burn", "Takes money out of being: the supply falls by it.", [from, amount],
        result: "the height of the block", errors: LedgerParameters.writing,
        example: "book:burn{ from = \"MSP 1\", amount = \"0.5\" }")
    ) { (book: LedgerObject, arguments) in
      try book.perform(.money(.burn(arguments[amount])), by: arguments[from]).luaHeight
    }
  }

  private static var approve: Function {
    let owner = Parameter<String>.string("owner", "whose money it is")
    let spender = Parameter<String>.string("spender", "who may spend it")
    return .method(
      Signature(
        "ledger:approve", "Lets an account spend up to an amount of another's money; replaces what was allowed before.",
        [owner, spender, amount], result: "the height of the block", errors: LedgerParameters.writing,
        source: "ERC-20", example: "book:approve{ owner = \"MSP 1\", spender = \"MSP 2\", amount = 5 }")
    ) { (book: LedgerObject, arguments) in
      let spender = try book.address(of: arguments[spender])
      return try book.perform(.money(.approve(spender: spender, arguments[amount])), by: arguments[owner]).luaHeight
    }
  }

  private static var spend: Function {
    let spender = Parameter<String>.string("spender", "who was allowed to")
    let from = Parameter<String>.string("from", "whose money it is")
    let to = Parameter<String>.string("to", "the account that receives")
    return .method(
      Signature(
        "ledger:spend", "Pays with another's money, as far as it allowed.", [spender, from, to, amount],
        result: "the height of the block", errors: LedgerParameters.writing + ["AllowanceExceeded"], source: "ERC-20",
        example: """
          book:approve{ owner = "MSP 1", spender = "MSP 2", amount = 5 }
          book:spend{ spender = "MSP 2", from = "MSP 1", to = "MSP 2", amount = 2 }
          """)
    ) { (book: LedgerObject, arguments) in
      let action = MoneyAction.spend(
        from: try book.address(of: arguments[from]), to: try book.address(of: arguments[to]), arguments[amount])
      return try book.perform(.money(action), by: arguments[spender]).luaHeight
    }
  }

  private static var allowance: Function {
    let owner = Parameter<String>.string("owner", "whose money it is")
    let spender = Parameter<String>.string("spender", "who may spend it")
    return .method(
      Signature(
        "ledger:allowance", "What an account may still spend of another's money.", [owner, spender],
        result: "tokens, as an exact decimal text", errors: ["UnknownAccount", "InvalidParameter"], source: "ERC-20",
        example: "book:allowance{ owner = \"MSP 1\", spender = \"MSP 2\" }")
    ) { (book: LedgerObject, arguments) in
      .string(
        book.ledger.state.allowance(
          owner: try book.address(of: arguments[owner]), spender: try book.address(of: arguments[spender])
        ).description)
    }
  }

  /// `ledger:set_gas_price`.
  static var setGasPrice: Function {
    let price = Parameter<Amount>.amount("price", "of a unit of gas")
    let collector = Parameter<String>.string("collector", "the account that receives the fees").optional("the issuer")
    return .method(
      Signature(
        "ledger:set_gas_price", "States what the work of a transaction costs from the next one on; nothing at first.",
        [price, collector],
        result: "the height of the block; a transaction uses 2000 units and 10 for each byte, a contract more",
        errors: LedgerParameters.writing + ["GasPriceTooHigh"], source: "docs/ledger.md",
        example: "book:set_gas_price{ price = \"0.000000001\" }")
    ) { (book: LedgerObject, arguments) in
      let issuer = try book.issuer()
      let collector = try arguments[collector].map { try book.address(of: $0) } ?? issuer.address
      let action = Action.money(.setGasPrice(arguments[price], collector: collector))
      return try book.ledger.perform([(action, issuer)], at: book.now).luaHeight
    }
  }
}
