import Core
import Tensor

/// How ledgers look from Lua.
extension LedgerObject {
  static func type(_ context: RunContext) -> ObjectType {
    ObjectType(
      LedgerObject.self, "accounts, models and auctions on a chain of blocks",
      methods: [verify, advance, openAccount, transfer, balance, accounts, block] + MoneyMethods.all + EscrowMethods.all
        + [BidHistory.bids, DAOObject.found(context)] + AuctionMethods.all + ModelMethods.all + TradeMethods.all
        + [ModelMethods.burn] + OrganisationMethods.all + StakeMethods.all + ContractMethods.all + ChainMethods.all
        + [MoneyMethods.setGasPrice, close],
      fields: [
        TypedField("path", "its file, nil in memory") { $0.ledger.path.map { .string($0) } ?? .none },
        TypedField("height", "of the last block; the first is 0") { .integer(Int($0.ledger.height)) },
        TypedField("head", "hash of the last block") { .string($0.ledger.head?.hash.description ?? "") },
        TypedField("time", "the scenario's clock, in seconds") { .number($0.now.seconds) },
        TypedField("supply", "all the money there is, in tokens: what was issued less what was burned") {
          .string(($0.ledger.state.chain?.supply ?? .zero).description)
        },
        TypedField("gas_price", "of a unit of gas, in tokens") {
          .string(($0.ledger.state.chain?.gasPrice ?? .zero).description)
        },
      ],
      length: { Int($0.ledger.height) + 1 }, describe: { $0.text })
  }

  private var text: String {
    "ledger \(ledger.path ?? "in memory"): \(ledger.height + 1) blocks, head "
      + "\(String((ledger.head?.hash.description ?? "none").prefix(16)))"
  }

  private static var verify: Function {
    .method(
      Signature(
        "ledger:verify", "Reads every block again: hashes, Merkle roots, signatures, nonces, states, conservation.",
        result: "a result with sound, blocks, transactions, accounts, models, supply and head",
        errors: ["ClosedLedger", "StorageFailed", "Interrupted"],
        example: "assert(book:verify().sound)")
    ) { (object: LedgerObject, arguments) in
      let report = try object.ledger.verify(cancellation: arguments.stack.machine.cancellation)
      return .object(
        ResultObject(
          report.description,
          fields: [
            "sound": .boolean(report.isSound), "blocks": .integer(report.blocks),
            "transactions": .integer(report.transactions), "accounts": .integer(report.accounts),
            "models": .integer(report.tokens), "supply": .string(report.supply.description),
            "head": .string(report.headHash?.description ?? ""), "state": .string(report.stateDigest.description),
          ]))
    }
  }

  private static var advance: Function {
    let seconds = Parameter<Double>.number("seconds", "how far", unit: "s", domain: .nonNegative)
    return .method(
      Signature(
        "ledger:advance", "Moves the scenario's clock on.", [seconds], result: "the time, in seconds",
        errors: ["InvalidParameter"], example: "book:advance(10)")
    ) { (object: LedgerObject, arguments) in
      try object.advance(by: arguments[seconds])
      return .number(object.now.seconds)
    }
  }

  private static var openAccount: Function {
    let name = Parameter<String>.string("name", "a name that nobody else has")
    let amount = Parameter<Amount>.amount("amount", "what the issuer gives it").optional("nothing")
    return .method(
      Signature(
        "ledger:open_account", "Opens an account, and brings money into being for it.", [name, amount],
        result: "the account's address", errors: ["AccountExists", "NameTaken", "AmountOverflow", "InvalidParameter"],
        example: "book:open_account{ name = \"MSP 1\", amount = 1000 }")
    ) { (object: LedgerObject, arguments) in
      let label = try Label(checking: arguments[name])
      let key = try object.key(of: arguments[name])
      var actions: [(action: Action, by: KeyPair)] = [(.openAccount(name: label), key)]
      if let amount = arguments[amount] {
        actions.append((.issue(to: key.address, amount: amount), try object.issuer()))
      }
      try object.ledger.perform(actions, at: object.now)
      object.remember(person: arguments[name])
      return .string(key.address.description)
    }
  }

  private static var transfer: Function {
    let from = Parameter<String>.string("from", "the account that pays")
    let to = Parameter<String>.string("to", "the account that receives")
    let amount = Parameter<Amount>.amount("amount", "how much")
    return .method(
      Signature(
        "ledger:transfer", "Pays from one account to another, as one block.", [from, to, amount],
        result: "the height of the block",
        errors: ["UnknownAccount", "InsufficientFunds", "AmountOverflow", "InvalidParameter"],
        example: "book:transfer{ from = \"MSP 1\", to = \"MSP 2\", amount = \"12.5\" }")
    ) { (object: LedgerObject, arguments) in
      _ = try object.address(of: arguments[from])
      let action = Action.transfer(to: try object.address(of: arguments[to]), amount: arguments[amount])
      return .integer(
        Int(try object.ledger.perform([(action, try object.key(of: arguments[from]))], at: object.now).height))
    }
  }

  private static var balance: Function {
    let name = Parameter<String>.string("name", "whose")
    return .method(
      Signature(
        "ledger:balance", "What an account holds.", [name], result: "tokens, as an exact decimal text",
        errors: ["UnknownAccount"], example: "book:balance(\"MSP 1\")")
    ) { (object: LedgerObject, arguments) in
      let address = try object.address(of: arguments[name])
      return .string((object.ledger.state.account(address)?.balance ?? .zero).description)
    }
  }

  private static var accounts: Function {
    .method(
      Signature(
        "ledger:accounts", "All accounts and what they hold.",
        result: "a result with name, balance (exact texts) and transactions as columns",
        example: "print(book:accounts())")
    ) { (object: LedgerObject, _) in
      let accounts = object.ledger.state.accounts
      let names = accounts.map(\.name.text)
      let balances = accounts.map(\.balance.description)
      let counts = accounts.map { Int(clamping: $0.nonce) }
      return .object(
        ResultObject(
          "accounts",
          fields: ["name": .strings(names), "balance": .strings(balances), "transactions": .integers(counts)],
          tables: [
            TextTable(
              "",
              [
                .init("account", .text(names)), .init("balance", .numbers(accounts.map(\.balance.tokens))),
                .init("transactions", .integers(counts)),
              ])
          ]))
    }
  }

  private static var block: Function {
    let height = Parameter<Int>.integer("height", "which; the first is 0", domain: .nonNegative).optional("the last")
    return .method(
      Signature(
        "ledger:block", "One block.", [height],
        result: """
          a table with height, hash, previous, time, state, and lists by transaction: transactions (words), hashes, \
          senders and gas
          """,
        errors: ["InvalidParameter"], example: "book:block(0).hash")
    ) { (object: LedgerObject, arguments) in
      let height = arguments[height].map { UInt64($0) } ?? object.ledger.height
      guard let block = try object.ledger.block(at: height) else {
        throw ScriptError.invalidParameter("there is no block \(height); the last is \(object.ledger.height)")
      }
      return .record([
        "height": .integer(Int(block.height)), "hash": .string(block.hash.description),
        "previous": .string(block.header.previous.description), "time": .number(block.header.timestamp.seconds),
        "transactions": .strings(block.transactions.map(\.action.name)),
        "hashes": .strings(block.transactions.map(\.hash.description)),
        "senders": .strings(block.transactions.map { object.name(of: $0.sender.address) }),
        "gas": .integers(block.receipts.map { Int(clamping: $0.gasUsed) }),
        "state": .string(block.header.stateDigest.description),
      ])
    }
  }

  private static var close: Function {
    .method(
      Signature("ledger:close", "Lets go of the file.", result: "nothing", example: "book:close()")
    ) { (object: LedgerObject, _) in
      object.ledger.close()
      return .none
    }
  }
}
