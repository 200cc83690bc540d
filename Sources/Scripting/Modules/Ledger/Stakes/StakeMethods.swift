import Core
import Tensor

/// Stakes on a ledger, by the rules of `token`.
enum StakeMethods {
  static var all: [Function] { [stake, lock, distribute, stakes, slash, unstake] }

  private static let positionID = LedgerParameters.digest("position", "from ledger:stake")
  private static let by = Parameter<String>.string("by", "whose stake it is")
  private static let errors =
    LedgerParameters.writing + [
      "UnknownPosition", "NotOwner", "WrongState", "InvalidAmount", "InvalidTime", "InvalidLockPeriod",
      "InvalidWithdraw",
      "Overflow",
    ]

  private static var stake: Function {
    let amount = Parameter<Amount>.amount("amount", "how much")
    return .method(
      Signature(
        "ledger:stake", "Sets money aside for a share in the weekly income.", [by, amount],
        result: "the position, for ledger:lock and ledger:unstake", errors: errors, source: "Network3 3.3.2",
        example: "position = book:stake{ by = \"MSP 1\", amount = 100 }")
    ) { (book: LedgerObject, arguments) in
      let next = try book.nextNonce(of: arguments[by])
      try book.perform(.stake(.stake(arguments[amount])), by: arguments[by])
      return .string(LedgerIdentifier.stake(owner: next.address, nonce: next.nonce).description)
    }
  }

  private static var lock: Function {
    let days = Parameter<Int>.integer("days", "for how long", unit: "days", domain: .between(1, 65_535))
    return .method(
      Signature(
        "ledger:lock", "Locks a stake, for a larger share and for votes (veN3).", [by, positionID, days],
        result: "the height of the block", errors: errors, source: "Network3 3.3.2, 3.3.4",
        example: "book:lock{ by = \"MSP 1\", position = position, days = 365 }")
    ) { (book: LedgerObject, arguments) in
      try book.perform(
        .stake(.lock(position: arguments[positionID], days: UInt16(arguments[days]))), by: arguments[by]
      ).luaHeight
    }
  }

  private static var unstake: Function {
    let amount = Parameter<Amount>.amount("amount", "how much")
    return .method(
      Signature(
        "ledger:unstake", "Takes money out of a stake; out of a lock, premiums are forfeited to all who stake.",
        [by, positionID, amount], result: "the height of the block", errors: errors, source: "Network3 3.3.4",
        example: "book:unstake{ by = \"MSP 1\", position = position, amount = 40 }")
    ) { (book: LedgerObject, arguments) in
      try book.perform(
        .stake(.unstake(position: arguments[positionID], arguments[amount])), by: arguments[by]
      ).luaHeight
    }
  }

  private static var distribute: Function {
    let from = Parameter<String>.string("from", "who pays")
    let amount = Parameter<Amount>.amount("amount", "what is shared, with what the stakers' pool holds")
    let week = Parameter<Int>.integer("week_start", "the first day of the week", unit: "days", domain: .nonNegative)
      .optional("seven days before today; a later one is not over")
    return .method(
      Signature(
        "ledger:distribute", "Shares a week's income among all stakes, by days and locks, to the last unit.",
        [from, amount, week], result: "the height of the block", errors: errors + ["DuplicateID", "InvalidTime"],
        source: "Network3 3.3.4",
        example: """
          book:advance(7 * 86400)
          book:distribute{ from = "MSP 1", amount = 7 }
          """)
    ) { (book: LedgerObject, arguments) in
      let start = arguments[week] ?? max(0, Int(book.now.seconds / 86_400) - 7)
      guard let day = UInt32(exactly: start) else {
        throw ScriptError.invalidParameter("option 'week_start' must be a day below 4294967296, got \(start)")
      }
      return try book.perform(.stake(.distribute(arguments[amount], weekStart: day)), by: arguments[from]).luaHeight
    }
  }

  private static var slash: Function {
    let severity = Parameter<Double>.number(
      "severity", "of the offence, in steps of 0.0001, 1 being the worst, which costs half of the stake",
      domain: .between(0, 1))
    let reporters = Parameter.strings("reporters", "who share a fifth of the cut").optional("nobody")
    return .method(
      Signature(
        "ledger:slash", "The issuer takes a part of a stake as a punishment.", [positionID, severity, reporters],
        result: "the height of the block", errors: errors + ["InvalidSeverity", "DuplicateReport"],
        source: "Network3 4.5", example: "book:slash{ position = position, severity = 0.5, reporters = { \"MSP 2\" } }")
    ) { (book: LedgerObject, arguments) in
      let names = arguments[reporters] ?? []
      // The ledger knows addresses only, which say nothing to who wrote names.
      if let twice = names.firstRepeated { throw EconomyError.duplicateReport(twice) }
      let action = StakeAction.slash(
        position: arguments[positionID],
        severity: try LedgerParameters.basisPoints(arguments[severity], option: "severity"),
        reporters: try names.map { try book.address(of: $0) })
      return try book.ledger.perform([(.stake(action), try book.issuer())], at: book.now).luaHeight
    }
  }

  private static var stakes: Function {
    .method(
      Signature(
        "ledger:stakes", "All stakes on the ledger.",
        result: "a result with position, owner, amount, escrow, votes (exact texts), state and lock_days as columns",
        source: "Network3 3.3.2", example: "print(book:stakes())")
    ) { (book: LedgerObject, _) in
      let entries = book.ledger.state.stakes
      let positions = entries.map(\.stake.position)
      let owners = entries.map { book.name(of: $0.stake.owner) }
      let today = Int(book.now.seconds / 86_400)
      let votes = positions.map { $0.voteEscrow(on: today) }
      return .object(
        ResultObject(
          "stakes",
          fields: [
            "position": .strings(entries.map(\.id.description)), "owner": .strings(owners),
            "amount": .strings(positions.map(\.amount.description)),
            "escrow": .strings(positions.map(\.escrow.description)),
            "votes": .strings(votes.map(\.description)),
            "state": .strings(positions.map(\.state.rawValue)), "lock_days": .integers(positions.map(\.lockDays)),
          ],
          tables: [
            TextTable(
              "",
              [
                .init("position", .text(entries.map { String($0.id.description.prefix(16)) })),
                .init("owner", .text(owners)), .init("amount", .numbers(positions.map(\.amount.tokens))),
                .init("kept back", .numbers(positions.map(\.escrow.tokens))),
                .init("votes", .numbers(votes.map(\.tokens))),
                .init("state", .text(positions.map(\.state.rawValue))),
                .init("locked (days)", .integers(positions.map(\.lockDays))),
              ])
          ], notes: ["the stakers' pool holds \(book.ledger.state.stakerPool)"]))
    }
  }
}
