import Solvers
import Tensor

/// What an hmm says about sequences.
enum HiddenMarkovMethods {
  static func all(_ context: RunContext) -> [Function] {
    [
      score(context), filter(context), posterior(context), path("viterbi", context), path("decode", context),
      HiddenMarkovForecast.next(context), sample(context),
    ]
  }

  private static func score(_ context: RunContext) -> Function {
    .method(
      Signature(
        "hmm:score", "The log of the probability of a sequence, or the sum over several.",
        [PredictOption.sequences], list: "sequences", result: "a number", errors: PredictOption.sequenceErrors,
        source: "PMS-AM (32), (33)", example: "predict.hmm{ states = 2, symbols = 3 }:score{ 1, 2, 3 }")
    ) { (object: HiddenMarkovObject, arguments) in
      let sequences = arguments[PredictOption.sequences]
      guard !sequences.isEmpty else { throw ScriptError.invalidParameter("needs one sequence at least") }
      return .number(
        try sequences.reduce(0) { sum, sequence in
          sum
            + (try object.model.logLikelihood(
              of: SymbolNumbers.fromLua(sequence), cancellation: context.cancellation))
        })
    }
  }

  private static func filter(_ context: RunContext) -> Function {
    let variant = Parameter<Variant>.choice(
      "variant", "symbols belong to the state entered, or, as P(33) is printed, to the state left",
      default: .corrected)
    return .method(
      Signature(
        "hmm:filter", "The law of the state in which a sequence ends, given the sequence.",
        [PredictOption.sequence, variant], list: "sequence",
        result: "a table with probabilities (of each state) and log_likelihood",
        errors: PredictOption.sequenceErrors, source: "PMS-AM (32), (33)",
        example: "predict.hmm{ states = 2, symbols = 3 }:filter{ 1, 2, 3 }.probabilities")
    ) { (object: HiddenMarkovObject, arguments) in
      let filtered = try object.model.filtered(
        after: SymbolNumbers.fromLua(arguments[PredictOption.sequence]), variant: arguments[variant],
        cancellation: context.cancellation)
      return .record([
        "probabilities": .numbers(filtered.states), "log_likelihood": .number(filtered.logLikelihood),
      ])
    }
  }

  private static func posterior(_ context: RunContext) -> Function {
    .method(
      Signature(
        "hmm:posterior", "The law of each step's state, given the whole sequence.", [PredictOption.sequence],
        list: "sequence", result: "a result with probabilities (row: step, column: state) and log_likelihood",
        errors: PredictOption.sequenceErrors, source: "Rabiner 1989 (27)",
        example: "predict.hmm{ states = 2, symbols = 3 }:posterior{ 1, 2, 3 }")
    ) { (object: HiddenMarkovObject, arguments) in
      let posterior = try object.model.posterior(
        of: SymbolNumbers.fromLua(arguments[PredictOption.sequence]), cancellation: context.cancellation)
      let steps = TextTable.Column("step", .integers(Array(1...posterior.states.rows)))
      let columns = (0..<min(object.model.states, 12)).map {
        TextTable.Column("state \($0 + 1)", .numbers(posterior.states.column($0)))
      }
      return .object(
        ResultObject(
          "states given the whole sequence",
          fields: [
            "probabilities": .matrix(posterior.states), "log_likelihood": .number(posterior.logLikelihood),
          ], tables: [TextTable("", [steps] + columns)]))
    }
  }

  private static func path(_ name: String, _ context: RunContext) -> Function {
    .method(
      Signature(
        "hmm:\(name)",
        name == "viterbi"
          ? "The likeliest states behind a sequence, by Viterbi's algorithm." : "The same as hmm:viterbi.",
        [PredictOption.sequence], list: "sequence", result: "a table with states, from 1, and log_probability",
        errors: PredictOption.sequenceErrors, source: "Viterbi 1967; PMS-AM 5.1",
        example: "predict.hmm{ states = 2, symbols = 3 }:\(name){ 1, 2, 3 }.states")
    ) { (object: HiddenMarkovObject, arguments) in
      let path = try object.model.likeliestPath(
        of: SymbolNumbers.fromLua(arguments[PredictOption.sequence]), cancellation: context.cancellation)
      return .record([
        "states": .integers(SymbolNumbers.toLua(path.states)), "log_probability": .number(path.logProbability),
      ])
    }
  }

  private static func sample(_ context: RunContext) -> Function {
    let length = Parameter<Int>.integer("length", "how many steps", domain: .between(1, 10_000_000))
    return .method(
      Signature(
        "hmm:sample", "Draws states, and the symbols that they emit.", [length, PredictOption.seed],
        result: "a table with states and symbols, from 1", errors: ["Interrupted"],
        example: "predict.hmm{ states = 2, symbols = 3 }:sample{ length = 20 }.symbols")
    ) { (object: HiddenMarkovObject, arguments) in
      var stream =
        arguments[PredictOption.seed].map { RandomStream(seed: UInt64($0), purpose: "hidden Markov sample") }
        ?? context.nextStream(purpose: "hidden Markov sample")
      let drawn = try object.model.sample(
        length: arguments[length], stream: &stream, cancellation: context.cancellation)
      return .record([
        "states": .integers(SymbolNumbers.toLua(drawn.states)),
        "symbols": .integers(SymbolNumbers.toLua(drawn.symbols)),
      ])
    }
  }
}
