import Solvers

/// `hmm:next`: what a competitor may bid next.
enum HiddenMarkovForecast {
  static func next(_ context: RunContext) -> Function {
    let after = Parameter.integers("after", "the symbols so far, from 1, oldest first", default: [])
    let steps = Parameter<Int>.integer("steps", "how far ahead", default: 1, domain: .between(1, 1_000_000))
    let symbolBids = Parameter.numbers("symbol_bids", "the bid that each symbol stands for", unit: "money").optional()
    let stateBids = Parameter.numbers("state_bids", "the bid that each state stands for", unit: "money").optional()
    return .method(
      Signature(
        "hmm:next", "The law of the next symbol, or of the one some steps ahead.",
        [after, steps, symbolBids, stateBids], list: "after",
        result:
          "a result with probabilities, most_likely_symbol, state_probabilities, most_likely_state; "
          + "where bids are given, bids (of the symbols), most_likely_bid and expected_bid",
        errors: PredictOption.sequenceErrors + ["ShapeMismatch", "NotFinite"], source: "PMS-AM (31)",
        example: "predict.hmm{ states = 2, symbols = 2 }:next{ after = { 1, 1, 2 }, symbol_bids = { 40, 90 } }")
    ) { (object: HiddenMarkovObject, arguments) in
      let forecast = try object.model.forecast(
        after: SymbolNumbers.fromLua(arguments[after]), steps: arguments[steps], cancellation: context.cancellation)
      var fields: Record = [
        "probabilities": .numbers(forecast.symbols),
        "most_likely_symbol": .integer(likeliest(forecast.symbols) + 1),
        "state_probabilities": .numbers(forecast.states), "most_likely_state": .integer(likeliest(forecast.states) + 1),
      ]
      var columns: [TextTable.Column] = [
        .init("symbol", .integers(Array(1...forecast.symbols.count))), .init("probability", .numbers(forecast.symbols)),
      ]
      var notes: [String] = []
      guard arguments[symbolBids] == nil || arguments[stateBids] == nil else {
        throw ScriptError.invalidParameter("takes the bids of the symbols or of the states, not both")
      }
      if let bids = arguments[symbolBids] ?? arguments[stateBids] {
        let isOfSymbols = arguments[symbolBids] != nil
        let law = isOfSymbols ? forecast.symbols : forecast.states
        try check(bids, isOfSymbols ? "symbol_bids" : "state_bids", count: law.count)
        let expected = zip(law, bids).reduce(0) { $0 + $1.0 * $1.1 }
        fields["most_likely_bid"] = .number(bids[likeliest(law)])
        fields["expected_bid"] = .number(expected)
        if isOfSymbols {
          fields["bids"] = .numbers(bids)
          columns.insert(.init("bid", .numbers(bids)), at: 1)
        }
        notes.append(
          "likeliest bid \(NumberFormat.readable(bids[likeliest(law)])), expected \(NumberFormat.readable(expected))")
      }
      return .object(
        ResultObject(
          arguments[steps] == 1 ? "the next symbol" : "the symbol \(arguments[steps]) steps ahead", fields: fields,
          tables: [TextTable("", columns)], notes: notes))
    }
  }

  private static func check(_ bids: [Double], _ option: String, count: Int) throws {
    guard bids.count == count else {
      throw ScriptError.shapeMismatch("option '\(option)' has \(bids.count) bids, but must have \(count)")
    }
    guard let wrong = bids.firstIndex(where: { !$0.isFinite }) else { return }
    throw ArgumentError(
      parameter: "\(option)[\(wrong + 1)]",
      mismatch: Mismatch(kind: "NotFinite", expected: "finite", given: NumberFormat.shortest(bids[wrong])))
  }

  /// The first among equals.
  private static func likeliest(_ law: [Double]) -> Int {
    law.firstIndex(of: law.max() ?? 0) ?? 0
  }
}
