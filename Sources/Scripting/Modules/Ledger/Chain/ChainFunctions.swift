import Core
import Foundation
import Tensor

/// What cannot be said of a chain.
enum ChainError: Diagnosable {
  case unknownTransaction(Digest)

  var kind: String { "UnknownTransaction" }
  var message: String {
    switch self {
    case .unknownTransaction(let hash): "no block holds the transaction \(hash)"
    }
  }
}

/// Functions over chains that no ledger object is needed for.
enum ChainFunctions {
  static func all(_ context: RunContext) -> [Function] { [importing(context), cut, verifyProof] }

  private static func importing(_ context: RunContext) -> Function {
    let from = Parameter<String>.string("from", "a file that ledger:export wrote")
    let path = Parameter<String>.string("path", "the file to make").optional("in memory")
    let replace = Parameter<Bool>.boolean("replace", "whether a ledger that is there may be deleted", default: false)
    return Function(
      Signature(
        "ledger.import", "Makes a ledger of an exported chain; every block is replayed and verified.",
        [from, path, replace], result: "a ledger, hash for hash the one that was exported",
        errors: [
          "FileError", "MalformedLine", "CorruptLedger", "FileExists", "NotALedger", "LedgerInUse", "StorageFull",
          "StorageFailed", "InvalidParameter",
        ], source: "docs/ledger.md",
        example: "ledger.import{ from = book:export(\"market.jsonl\") }.head == book.head")
    ) { arguments in
      let bytes = try TextFile.bytes(of: arguments[from])
      let lines = bytes.split(separator: UInt8(ascii: "\n")).lazy.map { String(decoding: $0, as: UTF8.self) }
      return .object(
        LedgerObject(
          try Ledger.importing(
            lines, path: arguments[path], replacing: arguments[replace], runtime: LedgerModule.contracts),
          seed: context.seed))
    }
  }

  private static var cut: Function {
    let path = Parameter<String>.string("path", "the ledger's file")
    let height = Parameter<Int>.integer("keep", "the height of the last block to keep", domain: .nonNegative)
    return Function(
      Signature(
        "ledger.cut", "Keeps the blocks of a damaged file up to a height; the file as it was stays beside it.",
        [path, height], result: "a table with kept (blocks) and aside (where the old file is)",
        errors: [
          "MissingFile", "NotALedger", "UnsupportedVersion", "CorruptLedger", "LedgerInUse", "FileExists",
          "StorageFull", "StorageFailed", "InvalidParameter",
        ], source: "docs/ledger.md",
        example: """
          short = ledger.create{ path = "short.sqlite" }
          short:open_account{ name = "one" } short:open_account{ name = "two" } short:close()
          cut = ledger.cut{ path = "short.sqlite", keep = 1 }
          assert(cut.kept == 2)
          """)
    ) { arguments in
      let cut = try Ledger.cut(
        arguments[path], keepingTo: UInt64(arguments[height]), runtime: LedgerModule.contracts)
      return .record(["kept": .integer(cut.kept), "aside": .string(cut.aside)])
    }
  }

  private static var verifyProof: Function {
    let proof = Parameter<String>.string("proof", "from ledger:proof")
    let block = LedgerParameters.digest("block", "the hash of the block, from somebody one trusts")
    return Function(
      Signature(
        "ledger.verify_proof", "Whether a transaction stands in a block, by the block's hash alone.", [proof, block],
        result: "a table with holds, height, time, sender (an address), action, succeeded and gas",
        errors: ["MalformedBytes", "InvalidParameter"], source: "RFC 6962 2.1.1",
        example: """
          book:open_account{ name = "light" }
          proof = book:proof(book:block().hashes[1])
          assert(ledger.verify_proof{ proof = proof, block = book:block().hash }.holds)
          """)
    ) { arguments in
      guard let bytes = Hexadecimal.decode(arguments[proof]) else {
        throw ScriptError.invalidParameter("option 'proof' must be hexadecimal digits, as ledger:proof gives them")
      }
      let proof = try InclusionProof(decoding: bytes)
      return .record([
        "holds": .boolean(proof.isSound && proof.header.hash == arguments[block]),
        "height": .integer(Int(clamping: proof.header.height)), "time": .number(proof.header.timestamp.seconds),
        "sender": .string(proof.transaction.sender.address.description),
        "action": .string(proof.transaction.action.name), "succeeded": .boolean(proof.receipt.hasSucceeded),
        "gas": .integer(Int(clamping: proof.receipt.gasUsed)),
      ])
    }
  }
}
