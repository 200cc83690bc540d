import Solvers

/// `predict.compare`.
enum ComparisonFunction {
  static func function(_ context: RunContext) -> Function {
    let history = Parameter.numbers("history", "bids, oldest first", unit: "money")
    let edges = Parameter.numbers("edges", "between the levels, ascending", unit: "money")
      .optional("quantiles of the bids to learn from")
    let levels = Parameter<Int>.integer(
      "levels", "how many, where no edges are given", default: 6,
      domain: .between(1, Double(HiddenMarkovModel.largestSymbolCount)))
    let predictors = Parameter.predictors("predictors", "which to compare")
    let heldOut = Parameter<Double>.number(
      "held_out", "the part of the history, its last, that nobody learns from", default: 0.25, domain: .between(0, 1))
    let refit = Parameter<Int>.integer(
      "refit", "everything is learned anew after so many held-out bids", domain: .atLeast(1)
    ).optional("never")
    let states = PredictOption.stateCounts([1, 2, 3, 4])
    let restarts = PredictOption.restarts(3)
    let smoothing = PredictOption.smoothing(0.5)
    return Function(
      Signature(
        "predict.compare", "Foretells the last part of a history, bid by bid, by an hmm and by simpler means.",
        [
          history, edges, levels, predictors, heldOut, refit, states, PredictOption.criterion,
          PredictOption.iterations, smoothing, restarts, PredictOption.seed,
        ],
        result:
          "a result with predictor, log_loss (nats a bid), standard_error and hit_rate as columns; best, edges, "
          + "trained, held_out, model, and the hmm's advantage over the best of the others with advantage_error",
        errors: ["EmptyInput", "NotFinite", "InvalidParameter", "ZeroLikelihood", "Interrupted"],
        source: "ours",
        example: """
          bids = {}
          for t = 1, 60 do bids[t] = 50 + 20 * math.sin(t / 4) end
          print(predict.compare{ history = bids, levels = 3 })
          """)
    ) { arguments in
      var options = PredictionComparison.Options()
      options.heldOut = arguments[heldOut]
      options.refit = arguments[refit]
      options.smoothing = arguments[smoothing]
      options.states = arguments[states]
      options.criterion = arguments[PredictOption.criterion]
      options.iterations = arguments[PredictOption.iterations]
      options.restarts = arguments[restarts]
      options.seed = arguments[PredictOption.seed].map { UInt64($0) } ?? context.seed
      let bids = arguments[history]
      let learned = PredictionComparison.trainingCount(of: bids.count, heldOut: options.heldOut)
      let comparison = try PredictionComparison(
        bids: bids,
        edges: arguments[edges]
          ?? BidLevels.edges(of: Array(bids.prefix(max(learned, 1))), levels: arguments[levels], rule: .quantile),
        predictors: arguments[predictors], options: options, cancellation: context.cancellation)
      return .object(comparison.result)
    }
  }
}

extension Parameter where Value == [PredictorName] {
  fileprivate static func predictors(_ name: String, _ summary: String) -> Parameter {
    let words = PredictorName.allCases.map(\.rawValue)
    let expected = "one of " + words.map { "\"\($0)\"" }.joined(separator: ", ")
    return Parameter(
      name: name, summary: summary, typeName: "a list of strings, each \(expected)", unit: nil, domain: nil,
      fallback: PredictorName.allCases,
      fallbackText: "all", choices: []
    ) { stack, index in
      try ListReader.elements(stack, index, expected: "a list of strings") { element in
        guard let name = stack.text(at: element).flatMap(PredictorName.init) else {
          throw Mismatch(expected, stack, element)
        }
        return name
      }
    }
  }
}

extension PredictionComparison {
  fileprivate var result: ResultObject {
    let names = scores.map(\.predictor.rawValue)
    let losses = scores.map(\.logLoss)
    let errors = scores.map { $0.standardError ?? .nan }
    let rates = scores.map(\.hitRate)
    var fields: Record = [
      "predictor": .strings(names), "log_loss": .numbers(losses), "standard_error": .numbers(errors),
      "hit_rate": .numbers(rates), "edges": .numbers(edges), "trained": .integer(trained),
      "held_out": .integer(heldOut),
      "best": scores.min { $0.logLoss < $1.logLoss }.map { .string($0.predictor.rawValue) } ?? .none,
    ]
    var notes = ["learned from \(trained) bids, foretold \(heldOut) on \(edges.count + 1) levels"]
    if let model { fields["model"] = .object(HiddenMarkovObject(model)) }
    let rival = scores.filter { $0.predictor != .hiddenMarkov }.min { $0.logLoss < $1.logLoss }
    if let own = scores.first(where: { $0.predictor == .hiddenMarkov }), let rival {
      let advantage = own.advantage(over: rival)
      fields["advantage"] = .number(advantage.nats)
      fields["advantage_error"] = .optional(advantage.standardError)
      notes.append(
        "the hmm's log loss is \(NumberFormat.readable(abs(advantage.nats))) nats "
          + "\(advantage.nats < 0 ? "above" : "below") that of \(rival.predictor.rawValue), standard error "
          + (advantage.standardError.map(NumberFormat.readable) ?? "unknown"))
    }
    return ResultObject(
      "one-step-ahead predictions", fields: fields,
      tables: [
        TextTable(
          "",
          [
            .init("predictor", .text(names)), .init("log loss", .numbers(losses)),
            .init("standard error", .numbers(errors)), .init("hit rate", .numbers(rates)),
          ])
      ], notes: notes)
  }
}
