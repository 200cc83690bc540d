import Core

/// A receipt as users see it.
enum ReceiptReport {
  static func result(
    _ receipt: Receipt, height: UInt64? = nil, on book: LedgerObject
  ) -> ResultObject {
    let events = receipt.events.map { event -> LuaValue in
      .record(["source": .string(book.name(of: event.source)), "name": .string(event.name), "value": event.value.lua])
    }
    var fields: Record = [
      "transaction": .string(receipt.transaction.description), "succeeded": .boolean(receipt.hasSucceeded),
      "gas": .integer(Int(clamping: receipt.gasUsed)), "fee": .string(receipt.fee.description), "events": .list(events),
    ]
    var words = "succeeded"
    switch receipt.outcome {
    case .succeeded(let returned):
      fields["value"] = returned.lua
      if returned != .null { words += ", gave \((try? JSONText.line(returned.lua)) ?? "a value")" }
    case .failed(let failure):
      (fields["kind"], fields["message"]) = (.string(failure.kind), .string(failure.message))
      words = "failed: \(failure.description)"
    }
    if let height { fields["height"] = .integer(Int(clamping: height)) }
    let tables =
      receipt.events.isEmpty
      ? []
      : [
        TextTable(
          "events",
          [
            .init("of", .text(receipt.events.map { book.name(of: $0.source) })),
            .init("event", .text(receipt.events.map(\.name))),
            .init("value", .text(receipt.events.map { (try? JSONText.line($0.value.lua)) ?? "" })),
          ])
      ]
    return ResultObject(
      "receipt of \(receipt.transaction.description.prefix(16))", fields: fields, tables: tables,
      notes: ["\(words), \(receipt.gasUsed) units of gas, fee \(receipt.fee)"])
  }
}
