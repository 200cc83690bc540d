import Core

/// A contract on a ledger, as scripts hold it.
final class ContractObject: ScriptObject {
  static let typeName = "contract"
  let address: Address
  let book: LedgerObject

  init(_ address: Address, on book: LedgerObject) {
    self.address = address
    self.book = book
  }

  private var deployed: DeployedContract? { book.ledger.state.contract(address) }

  static var type: ObjectType {
    ObjectType(
      ContractObject.self, "a program on a ledger, with storage and money of its own",
      methods: [call, read, keys],
      fields: [
        TypedField("name", "of its account") { .string($0.deployed?.name.text ?? "") },
        TypedField("address", "of its account") { .string($0.address.description) },
        TypedField("balance", "the money that it holds, in tokens") {
          .string(($0.deployed?.balance ?? .zero).description)
        },
        TypedField("source", "its text") { .string(String(decoding: $0.deployed?.source ?? [], as: UTF8.self)) },
      ],
      describe: { "contract \($0.deployed?.name.text ?? "") holding \(($0.deployed?.balance ?? .zero)) tokens" })
  }

  // MARK: Running

  private static let by = Parameter<String>.string("by", "the account that signs and pays")
  private static let deposit = Parameter<Amount>.amount("deposit", "money that goes with it").optional("nothing")
  private static let gas = Parameter<Int>.integer(
    "gas", "units that it may use at most", default: Int(GasOffer.usual.limit), domain: .nonNegative)

  /// What a contract's run can fail with.
  static let failures = ContractFailure.Cause.allCases.map(\.rawValue)

  /// `ledger:deploy`.
  static var deploy: Function {
    let name = Parameter<String>.string("name", "which nobody else has")
    let source = Parameter<String>.string("source", "the contract's text, in Lua")
    return .method(
      Signature(
        "ledger:deploy", "Puts a contract on the ledger and runs its function 'init'.",
        [by, name, source, ContractValue.arguments, deposit, gas], result: "a contract",
        errors: LedgerParameters.writing + failures + ["NameTaken", "NoContractRuntime"], source: "docs/contracts.md",
        example: """
          jar = book:deploy{ by = "MSP 1", name = "jar", source = [[
            function init(least) storage.least = amount(least) storage.tips = 0 end
            function tip()
              assert(value >= storage.least, "too little")
              storage.tips = storage.tips + 1
              emit("tip", { who = sender, amount = value })
              return storage.tips
            end
          ]], arguments = { "0.5" } }
          """)
    ) { (book: LedgerObject, arguments) in
      let next = try book.nextNonce(of: arguments[by])
      let action = ContractAction.deploy(
        name: try Label(checking: arguments[name]), source: Array(arguments[source].utf8),
        arguments: arguments[ContractValue.arguments], deposit: arguments[deposit] ?? .zero)
      let block = try LuaContractRuntime.interruptibly {
        try book.perform(.contract(action), by: arguments[by], gasLimit: UInt64(arguments[gas]))
      }
      _ = try receipt(of: block)
      return .object(ContractObject(LedgerIdentifier.contract(deployer: next.address, nonce: next.nonce), on: book))
    }
  }

  private static var call: Function {
    let function = Parameter<String>.string("name", "the function's")
    return .method(
      Signature(
        "contract:call", "Runs a function of the contract, as one block; gas is charged whether or not it succeeds.",
        [function, by, ContractValue.arguments, deposit, gas],
        result: "a result with value (what the function returned), gas, fee, events, transaction and height",
        errors: LedgerParameters.writing + failures + ["NoContractRuntime"], source: "docs/contracts.md",
        example: "jar:call{ name = \"tip\", by = \"MSP 1\", deposit = 1 }.value")
    ) { (object: ContractObject, arguments) in
      let action = ContractAction.call(
        object.address, function: arguments[function], arguments: arguments[ContractValue.arguments],
        deposit: arguments[deposit] ?? .zero)
      let block = try LuaContractRuntime.interruptibly {
        try object.book.perform(.contract(action), by: arguments[by], gasLimit: UInt64(arguments[gas]))
      }
      return .object(ReceiptReport.result(try receipt(of: block), height: block.height, on: object.book))
    }
  }

  /// What became of the run in a block of one transaction.
  ///
  /// - Throws: why it came to nothing; the block stands all the same, with the gas charged.
  private static func receipt(of block: Block) throws -> Receipt {
    guard let receipt = block.receipts.first else { throw ScriptError.invalidParameter("the block is empty") }
    if case .failed(let failure) = receipt.outcome { throw failure }
    return receipt
  }

  // MARK: Looking

  private static var read: Function {
    let key = Parameter<String>.string("key", "under which the contract stored it")
    return .method(
      Signature(
        "contract:read", "What the contract has in its storage.", [key],
        result: "the value; amounts as exact decimal texts, nil where there is nothing", source: "docs/contracts.md",
        example: "jar:read(\"tips\")")
    ) { (object: ContractObject, arguments) in
      object.book.ledger.state.storage(of: object.address, key: Array(arguments[key].utf8)).lua
    }
  }

  private static var keys: Function {
    .method(
      Signature(
        "contract:keys", "The keys of the contract's storage, in order.", result: "a list of texts",
        source: "docs/contracts.md", example: "#jar:keys()")
    ) { (object: ContractObject, _) in
      .list((object.deployed?.keys ?? []).map { ContractValue.text($0).lua })
    }
  }
}

enum ContractMethods {
  static var all: [Function] { [ContractObject.deploy, contract] }

  private static var contract: Function {
    let name = Parameter<String>.string("name", "of the contract")
    return .method(
      Signature(
        "ledger:contract", "A contract that stands on the ledger.", [name], result: "a contract",
        errors: ["UnknownContract", "InvalidParameter"], source: "docs/contracts.md",
        example: "book:contract(\"jar\").balance")
    ) { (book: LedgerObject, arguments) in
      let label = try Label(checking: arguments[name])
      guard let address = book.ledger.state.address(named: label), book.ledger.state.contract(address) != nil else {
        throw ContractFailure(.unknownContract, "there is no contract '\(label)'")
      }
      return .object(ContractObject(address, on: book))
    }
  }
}
