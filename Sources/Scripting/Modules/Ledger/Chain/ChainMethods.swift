import Core

/// The chain as such: receipts, proofs, snapshots and text.
enum ChainMethods {
  static var all: [Function] { [receipt, proof, snapshot, export] }

  private static let transaction = LedgerParameters.digest("transaction", "its hash, from ledger:block")

  private static var receipt: Function {
    .method(
      Signature(
        "ledger:receipt", "What became of a transaction.", [transaction],
        result: "a result with succeeded, value or kind and message, gas, fee and events",
        errors: ["UnknownTransaction", "InvalidParameter", "ClosedLedger", "StorageFailed"], source: "docs/ledger.md",
        example: "book:receipt(book:block().hashes[1]).gas")
    ) { (book: LedgerObject, arguments) in
      guard let receipt = try book.ledger.receipt(of: arguments[transaction]) else {
        throw ChainError.unknownTransaction(arguments[transaction])
      }
      return .object(ReceiptReport.result(receipt, on: book))
    }
  }

  private static var proof: Function {
    .method(
      Signature(
        "ledger:proof", "That a transaction stands on the ledger, for who knows its block's hash and nothing else.",
        [transaction], result: "a text, for ledger.verify_proof",
        errors: ["UnknownTransaction", "InvalidParameter", "ClosedLedger", "StorageFailed"], source: "RFC 6962 2.1.1",
        example: "proof = book:proof(book:block().hashes[1])")
    ) { (book: LedgerObject, arguments) in
      guard let proof = try book.ledger.proof(of: arguments[transaction]) else {
        throw ChainError.unknownTransaction(arguments[transaction])
      }
      return .string(Hexadecimal.encode(proof.encoded))
    }
  }

  private static var snapshot: Function {
    .method(
      Signature(
        "ledger:snapshot",
        "Keeps the state in the file, so that ledger.open{ trust = \"snapshot\" } is quick; long chains "
          + "do so themselves from time to time.",
        result: "the height", errors: ["ReadOnlyLedger", "ClosedLedger", "StorageFull", "StorageFailed"],
        source: "docs/ledger.md", example: "book:snapshot()")
    ) { (book: LedgerObject, _) in
      try book.ledger.takeSnapshot()
      return .integer(Int(clamping: book.ledger.height))
    }
  }

  private static var export: Function {
    let path = Parameter<String>.string("path", "the file to write, a line of JSON for each block")
    return .method(
      Signature(
        "ledger:export", "Writes the whole chain as lines of JSON, from which ledger.import makes it again.", [path],
        result: "the path", errors: ["FileError", "ClosedLedger", "StorageFailed"],
        source: "docs/ledger.md",
        example: "book:export(\"market.jsonl\")")
    ) { (book: LedgerObject, arguments) in
      let path = arguments[path]
      try TextFile.write(to: path) { write in try book.ledger.export { try write($0 + "\n") } }
      return .string(path)
    }
  }
}
