import Core
import Foundation
import Tensor

/// `ledger`: chains of blocks, in memory or in a file.
enum LedgerModule {
  static func module(_ context: RunContext) -> Module {
    Module(
      name: "ledger", summary: "accounts, payments, models and sealed bids on a signed chain of blocks",
      functions: [create(context), open(context), recordDigest] + ChainFunctions.all(context)
        + CrowdfundingFunctions.all + SecretFunctions.all(context) + CodingFunctions.all
        + [SigncryptionFunction.function(context)])
  }

  /// What runs the contracts of every ledger that scripts open.
  static let contracts: (any ContractRuntime)? = LuaContractRuntime()

  private static let durability = Parameter<DurabilityWord>.choice(
    "durability",
    "when a block is safe from a loss of power: \"full\" at once, \"normal\" a little later, \"off\" when the system "
      + "pleases", default: .full)

  private enum DurabilityWord: String, CaseIterable {
    case full, normal, off

    var durability: Ledger.Durability {
      switch self {
      case .full: .full
      case .normal: .normal
      case .off: .off
      }
    }
  }

  private enum TrustWord: String, CaseIterable {
    case nothing, snapshot
  }

  private static func create(_ context: RunContext) -> Function {
    let path = Parameter<String>.string("path", "the file to make").optional("in memory")
    let name = Parameter<String>.string("name", "the chain's name", default: "market")
    let issuer = Parameter<String>.string("issuer", "the account that brings money into being", default: "treasury")
    let time = Parameter<Double>.number(
      "time", "the scenario's clock at the first block", unit: "s", default: LedgerObject.usualStart,
      domain: .nonNegative)
    let replace = Parameter<Bool>.boolean("replace", "whether a ledger that is there may be deleted", default: false)
    return Function(
      Signature(
        "ledger.create", "Founds a ledger; the same seed gives the same keys and block hashes.",
        [path, name, issuer, time, replace, durability], result: "a ledger",
        errors: ["FileExists", "NotALedger", "LedgerInUse", "StorageFull", "StorageFailed", "InvalidParameter"],
        example: "book = ledger.create{ path = \"market.sqlite\", replace = true }")
    ) { arguments in
      if arguments[path]?.first == ":" {
        throw ScriptError.invalidParameter(
          "option 'path' must be the name of a file, got \"\(arguments[path] ?? "")\"",
          hint: "without a path the ledger is in memory")
      }
      let issuer = try Label(checking: arguments[issuer])
      return .object(
        LedgerObject(
          try Ledger.found(
            name: Label(checking: arguments[name]), issuer: KeyPair(runSeed: context.seed, account: issuer),
            issuerName: issuer, at: Timestamp(seconds: arguments[time]), path: arguments[path],
            replacing: arguments[replace], durability: arguments[durability].durability, runtime: contracts),
          seed: context.seed))
    }
  }

  private static func open(_ context: RunContext) -> Function {
    let path = Parameter<String>.string("path", "the file")
    let readOnly = Parameter<Bool>.boolean("read_only", "whether nothing may be appended", default: false)
    let trust = Parameter<TrustWord>.choice(
      "trust", "\"snapshot\" believes the blocks up to the last state that was kept, and replays those after it",
      default: .nothing)
    return Function(
      Signature(
        "ledger.open", "Opens a ledger's file, replays all its blocks and verifies each.",
        [path, readOnly, trust, durability],
        result: "a ledger",
        errors: [
          "MissingFile", "NotALedger", "UnsupportedVersion", "CorruptLedger", "LedgerInUse", "StorageFailed",
          "Interrupted",
        ],
        example: "ledger.open(\"market.sqlite\"):verify()")
    ) { arguments in
      .object(
        LedgerObject(
          try Ledger.open(
            arguments[path], access: arguments[readOnly] ? .readOnly : .readWrite,
            trusting: arguments[trust] == .snapshot ? .snapshot : .nothing,
            durability: arguments[durability].durability, runtime: contracts,
            cancellation: arguments.stack.machine.cancellation), seed: context.seed))
    }
  }

  private static var recordDigest: Function {
    let record = Parameter<JSON>.json("record", "the fields of an fl-nft.js record; whole numbers only")
    return Function(
      Signature(
        "ledger.record_digest", "SHA-256 of a minting record in canonical JSON: the identity of a model's token.",
        [record], result: "64 hexadecimal digits", errors: ["InvalidParameter"],
        source: "FL-NFT III.A 2), PMS-AM 3.1 2); the format is ours",
        example: """
          ledger.record_digest{ record = { name = "fl-nft", model_hash = "sha256:00", timestamp = 1700000000,
            dao_public_key = "ed25519:00", members = { "U1" }, round = 100 } }
          """)
    ) { arguments in .string(try MintRecord.digest(of: arguments[record]).description) }
  }
}

extension Parameter where Value == JSON {
  static func json(_ name: String, _ summary: String) -> Parameter {
    Parameter(
      name: name, summary: summary, typeName: "a table of plain values", unit: nil, domain: nil, fallback: nil,
      fallbackText: nil, choices: []
    ) { stack, index in
      guard stack.kind(at: index) == .table else { throw Mismatch("a table of plain values", stack, index) }
      return try JSONText.json(stack, index)
    }
  }
}
