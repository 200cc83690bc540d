import Solvers
import Tensor

/// `predict.hmm`: a hidden Markov model, given or to be fitted.
enum HiddenMarkovConstructor {
  /// Where fitting is to begin.
  private enum Start: String, CaseIterable {
    case sticky, random
  }

  static func function(_ context: RunContext) -> Function {
    let states = Parameter<Int>.integer(
      "states", "hidden states", domain: .between(1, Double(HiddenMarkovModel.largestStateCount))
    ).optional("those of initial")
    let symbols = Parameter<Int>.integer(
      "symbols", "observable symbols", domain: .between(1, Double(HiddenMarkovModel.largestSymbolCount))
    ).optional("those of emission")
    let initial = Parameter.numbers("initial", "I: the probability of each first state").optional("drawn up by start")
    let transition = Parameter.matrix("transition", "A: from a state (row) to the next (column)")
      .optional("drawn up by start")
    let emission = Parameter.matrix("emission", "B: of a symbol (column) in a state (row)")
      .optional("drawn up by start")
    let start = Parameter<Start>.choice(
      "start", "states that tend to stay and each prefer a symbol, or anything", default: .sticky)
    return Function(
      Signature(
        "predict.hmm", "A hidden Markov model: from its numbers of states and symbols, or from all its probabilities.",
        [states, symbols, initial, transition, emission, start, PredictOption.seed], result: "an hmm",
        errors: PredictOption.modelErrors, source: "PMS-AM 5.1; Rabiner 1989",
        example: """
          model = predict.hmm{
            initial = { 0.6, 0.4 }, transition = { { 0.7, 0.3 }, { 0.4, 0.6 } },
            emission = { { 0.5, 0.4, 0.1 }, { 0.1, 0.3, 0.6 } },
          }
          """)
    ) { arguments in
      if let initial = arguments[initial], let transition = arguments[transition], let emission = arguments[emission] {
        let model = try HiddenMarkovModel(initial: initial, transition: transition, emission: emission)
        for (option, given, found) in [
          ("states", arguments[states], model.states), ("symbols", arguments[symbols], model.symbols),
        ] {
          if let given, given != found {
            throw ScriptError.shapeMismatch("option '\(option)' is \(given), but the probabilities are for \(found)")
          }
        }
        return .object(HiddenMarkovObject(model))
      }
      guard arguments[initial] == nil, arguments[transition] == nil, arguments[emission] == nil else {
        throw ScriptError.invalidParameter("needs initial, transition and emission together, or none of them")
      }
      guard let states = arguments[states], let symbols = arguments[symbols] else {
        throw ScriptError.invalidParameter(
          "needs the numbers of states and symbols, or initial, transition and emission",
          hint: "predict.hmm{ states = 3, symbols = 6 } is ready to be fitted")
      }
      switch arguments[start] {
      case .sticky: return .object(HiddenMarkovObject(try .sticky(states: states, symbols: symbols)))
      case .random:
        var stream =
          arguments[PredictOption.seed].map { RandomStream(seed: UInt64($0), purpose: "hidden Markov start") }
          ?? context.nextStream(purpose: "hidden Markov start")
        return .object(HiddenMarkovObject(try .drawn(states: states, symbols: symbols, stream: &stream)))
      }
    }
  }
}
