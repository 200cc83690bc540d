import Solvers

/// `predict.hmm_select`.
enum OrderSelectionFunction {
  static func function(_ context: RunContext) -> Function {
    let symbols = Parameter<Int>.integer(
      "symbols", "observable symbols", domain: .between(1, Double(HiddenMarkovModel.largestSymbolCount))
    ).optional("the largest seen")
    let states = PredictOption.stateCounts([1, 2, 3, 4, 5])
    let restarts = PredictOption.restarts(3)
    let smoothing = PredictOption.smoothing(0)
    return Function(
      Signature(
        "predict.hmm_select", "How many states the observations bear: a fit for each number, the best by BIC or AIC.",
        [
          PredictOption.sequences, symbols, states, PredictOption.criterion, PredictOption.iterations, smoothing,
          restarts, PredictOption.seed,
        ],
        result: "a result with states, log_likelihood, parameters, aic and bic as columns; best and model (an hmm)",
        errors: PredictOption.sequenceErrors + ["NotFinite"], source: "Schwarz 1978; Akaike 1974",
        example: """
          predict.hmm_select{
            sequences = predict.hmm{ states = 2, symbols = 3 }:sample{ length = 100, seed = 1 }.symbols,
            states = { 1, 2, 3 },
          }
          """)
    ) { arguments in
      let sequences = arguments[PredictOption.sequences]
      let selection = try OrderSelection(
        sequences.map(SymbolNumbers.fromLua),
        symbols: arguments[symbols] ?? alphabet(of: sequences), states: arguments[states],
        criterion: arguments[PredictOption.criterion],
        options: BaumWelch.Options(
          iterations: arguments[PredictOption.iterations], smoothing: arguments[smoothing],
          restarts: arguments[restarts]),
        seed: arguments[PredictOption.seed].map { UInt64($0) } ?? context.seed, threads: context.threads,
        cancellation: context.cancellation)
      return .object(selection.result)
    }
  }

  /// The largest symbol, where it may be one.
  private static func alphabet(of sequences: [[Int]]) -> Int {
    let largest = sequences.joined().max() ?? 1
    return min(max(largest, 1), HiddenMarkovModel.largestSymbolCount)
  }
}

extension OrderSelection {
  fileprivate var result: ResultObject {
    let states = candidates.map(\.states)
    let likelihoods = candidates.map(\.fit.logLikelihood)
    let parameters = candidates.map(\.fit.model.freeParameters)
    let (aic, bic) = (candidates.map { $0.value(.aic) }, candidates.map { $0.value(.bic) })
    return ResultObject(
      "hidden Markov models by number of states",
      fields: [
        "states": .integers(states), "log_likelihood": .numbers(likelihoods), "parameters": .integers(parameters),
        "aic": .numbers(aic), "bic": .numbers(bic), "best": .integer(best.states),
        "model": .object(HiddenMarkovObject(best.fit.model)),
        "converged": .booleans(candidates.map(\.fit.converged)),
      ],
      tables: [
        TextTable(
          "",
          [
            .init("states", .integers(states)), .init("log likelihood", .numbers(likelihoods)),
            .init("parameters", .integers(parameters)), .init("AIC", .numbers(aic)), .init("BIC", .numbers(bic)),
            .init("", .text(states.map { $0 == best.states ? "best by \(criterion.rawValue.uppercased())" : "" })),
          ])
      ])
  }
}
