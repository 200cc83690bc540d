import Core

/// Money that lies with the ledger until somebody says to whom it goes.
enum EscrowMethods {
  static var all: [Function] { [open, escrow, release, refund] }

  private static let escrowID = LedgerParameters.digest("escrow", "from ledger:open_escrow")
  private static let by = Parameter<String>.string("by", "who says so")
  private static let errors = LedgerParameters.writing + ["UnknownEscrow", "EscrowClosed", "NotParty"]

  private static var open: Function {
    let from = Parameter<String>.string("from", "who pays in")
    let to = Parameter<String>.string("to", "who gets it when it is released")
    let arbiter = Parameter<String>.string("arbiter", "who else may release it or give it back; an organisation may")
    let amount = Parameter<Amount>.amount("amount", "how much")
    let duration = Parameter<Double>.number(
      "duration", "after which the payer may take it back", unit: "s", default: 86_400, domain: .nonNegative)
    return .method(
      Signature(
        "ledger:open_escrow", "Sets money aside that one account gets, or the payer back.",
        [from, to, arbiter, amount, duration], result: "the escrow, for ledger:release_escrow and ledger:refund_escrow",
        errors: errors, source: "docs/ledger.md",
        example: """
          bond = book:open_escrow{ from = "MSP 1", to = "MSP 2", arbiter = "MSP 2", amount = 5, duration = 60 }
          """)
    ) { (book: LedgerObject, arguments) in
      let next = try book.nextNonce(of: arguments[from])
      try book.perform(
        .openEscrow(
          beneficiary: try book.address(of: arguments[to]), arbiter: try book.address(of: arguments[arbiter]),
          amount: arguments[amount], expiry: try Timestamp(seconds: book.now.seconds + arguments[duration])),
        by: arguments[from])
      return .string(LedgerIdentifier.escrow(depositor: next.address, nonce: next.nonce).description)
    }
  }

  private static var escrow: Function {
    .method(
      Signature(
        "ledger:escrow", "What lies in an escrow, and whose it may become.", [escrowID],
        result: "a result with amount (an exact text, 0 once it is closed), from, to, arbiter and expiry (seconds)",
        errors: ["UnknownEscrow", "InvalidParameter"], source: "docs/ledger.md", example: "book:escrow(bond).amount")
    ) { (book: LedgerObject, arguments) in
      guard let escrow = book.ledger.state.escrow(arguments[escrowID]) else {
        throw Refusal.unknownEscrow(arguments[escrowID])
      }
      return .object(
        ResultObject(
          "escrow of \(book.name(of: escrow.depositor)) for \(book.name(of: escrow.beneficiary)): \(escrow.amount) tokens",
          fields: [
            "amount": .string(escrow.amount.description), "from": .string(book.name(of: escrow.depositor)),
            "to": .string(book.name(of: escrow.beneficiary)), "arbiter": .string(book.name(of: escrow.arbiter)),
            "expiry": .number(escrow.expiry.seconds),
          ]))
    }
  }

  private static var release: Function {
    .method(
      Signature(
        "ledger:release_escrow", "The payer or the arbiter lets the money go where it was meant for.", [escrowID, by],
        result: "the height of the block", errors: errors, source: "docs/ledger.md",
        example: "book:release_escrow{ escrow = bond, by = \"MSP 1\" }")
    ) { (book: LedgerObject, arguments) in
      try book.perform(.releaseEscrow(arguments[escrowID]), by: arguments[by]).luaHeight
    }
  }

  private static var refund: Function {
    .method(
      Signature(
        "ledger:refund_escrow",
        "Gives the money back: who was to get it and the arbiter may, and the payer once it has expired.",
        [escrowID, by], result: "the height of the block", errors: errors, source: "docs/ledger.md",
        example: """
          other = book:open_escrow{ from = "MSP 1", to = "MSP 2", arbiter = "MSP 1", amount = 5 }
          book:refund_escrow{ escrow = other, by = "MSP 2" }
          """)
    ) { (book: LedgerObject, arguments) in
      try book.perform(.refundEscrow(arguments[escrowID]), by: arguments[by]).luaHeight
    }
  }
}
