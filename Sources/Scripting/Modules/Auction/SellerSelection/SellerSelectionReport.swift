import Solvers

/// The outcome of a procurement as users see it; sellers are counted from one.
enum SellerSelectionReport {
  static func result(
    _ outcome: ProcurementOutcome, bids: [Double], sellers: DataSellers, title: String, more: Record = [:]
  ) -> ResultObject {
    let winning = Set(outcome.winners)
    let fields: Record = [
      "winners": .integers(outcome.winners.map { $0 + 1 }), "payments": .numbers(outcome.payments),
      "utility": .number(outcome.utility), "welfare": .number(outcome.welfare),
      "buyer_surplus": .number(outcome.buyerSurplus), "bids": .numbers(bids),
    ]
    return ResultObject(
      title, fields: Record(fields.fields + more.fields),
      tables: [
        TextTable(
          "",
          [
            .init("seller", .integers(Array(1...bids.count))), .init("samples", .numbers(sellers.sizes)),
            .init("EMD", .numbers(sellers.distances)), .init("bid", .numbers(bids)),
            .init("is paid", .numbers(outcome.payments)),
            .init("", .text(bids.indices.map { winning.contains($0) ? "wins" : "" })),
          ])
      ],
      notes: [
        "worth \(NumberFormat.readable(outcome.utility)), of which the buyer keeps "
          + NumberFormat.readable(outcome.buyerSurplus)
      ], payload: outcome)
  }
}
