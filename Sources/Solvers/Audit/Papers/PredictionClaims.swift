import Tensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What PMS-AM says of predicting bids by a hidden Markov model.
enum PredictionClaims {
  static func all(_ trial: ClaimTrial) throws -> [PaperClaim] {
    [try newestAlone(trial), try sumOfStates(), try emittingState(), try rowSum(), try independence()]
  }

  /// Two levels that tend to stay, the second more seldom, and bids that show them unclearly.
  private static func model() throws -> HiddenMarkovModel {
    try HiddenMarkovModel(
      initial: [0.5, 0.5], transition: Matrix(rows: 2, columns: 2, elements: [0.95, 0.05, 0.1, 0.9]),
      emission: Matrix(rows: 2, columns: 2, elements: [0.7, 0.3, 0.2, 0.8]))
  }

  private static func newestAlone(_ trial: ClaimTrial) throws -> PaperClaim {
    let model = try model()
    /// The law of the next symbol by (31): the state's law without any observation, then the newest one.
    func newest(_ symbols: ArraySlice<Int>) -> [Double] {
      var law = model.initial
      for _ in 1..<max(1, symbols.count) { law = model.successor(of: law) }
      guard let last = symbols.last else { return model.emitted(by: law) }
      let joint = (0..<2).map { law[$0] * model.emission[$0, last] }
      let sum = joint.reduce(0, +)
      return model.emitted(by: model.successor(of: joint.map { $0 / sum }))
    }
    let history = [0, 0, 0, 0, 1]
    let whole = Figure("all five", try model.forecast(after: history).symbols[0])
    var stream = trial.stream("bids of a chain")
    let symbols = try model.sample(length: 1500, stream: &stream).symbols
    var (scoreOfNewest, scoreOfAll) = (0.0, 0.0)
    for step in 1..<symbols.count {
      if step % 64 == 0 { try trial.cancellation.check() }
      scoreOfNewest += log(newest(symbols[..<step])[symbols[step]])
      scoreOfAll += log(try model.forecast(after: Array(symbols[..<step])).symbols[symbols[step]])
    }
    let count = Double(symbols.count - 1)
    return PaperClaim(
      "H31", "PMS-AM (31)", "the newest bid says all about the next",
      printed: Comparison(
        Figure("P(low) next, newest of five", newest(history[...])[0]), .equal, whole),
      truth: "states are unseen: the whole history counts, as in (32), (33)",
      amendment: .correction(
        Comparison(
          Figure("log score, whole history", scoreOfAll / count), .above,
          Figure("newest alone", scoreOfNewest / count))))
  }

  private static func sumOfStates() throws -> PaperClaim {
    let model = try model()
    let length = 6
    // All sequences together, by the printed recursion, in which eta does not take part in the sum over i.
    var etas = (0..<2).map { state in model.initial[state] }
    for _ in 1..<length {
      etas = (0..<2).map { state in
        (0..<2).reduce(0) { $0 + etas[state] * model.transition[$1, state] }
      }
    }
    var total = 0.0
    for number in 0..<1 << length {
      total += exp(try model.logLikelihood(of: (0..<length).map { number >> $0 & 1 }))
    }
    let one = Figure("one", 1)
    return PaperClaim(
      "H32", "PMS-AM (32)", "eta_t(b_j) stands within the sum over i",
      printed: Comparison(Figure("all sequences of six, P", etas.reduce(0, +)), .equal, one),
      truth: "eta_t(b_i) does: what came before is summed over",
      amendment: .correction(Comparison(Figure("with eta_t(b_i)", total), .equal, one)))
  }

  private static func emittingState() throws -> PaperClaim {
    let model = try model()
    let symbols = [0, 1, 1, 0]
    // The law of the last state, by its definition: over all ways to come there.
    var law = [0.0, 0]
    for path in 0..<1 << symbols.count {
      let states = symbols.indices.map { path >> $0 & 1 }
      var probability = model.initial[states[0]]
      for (step, symbol) in symbols.enumerated() {
        if step > 0 { probability *= model.transition[states[step - 1], states[step]] }
        probability *= model.emission[states[step], symbol]
      }
      law[states[symbols.count - 1]] += probability
    }
    let byPaths = Figure("over all paths", law[0] / law.reduce(0, +))
    func filtered(_ variant: Variant) throws -> Double {
      try model.filtered(after: symbols, variant: variant).states[0]
    }
    return PaperClaim(
      "H33", "PMS-AM (33)", "the symbol is emitted by b_i, the state that is left",
      printed: Comparison(Figure("P(low level) after four bids", try filtered(.paper)), .equal, byPaths),
      truth: "by b_j, the state that is entered; as printed it is another model",
      amendment: .correction(Comparison(Figure("with b_j", try filtered(.corrected)), .equal, byPaths)))
  }

  private static func rowSum() throws -> PaperClaim {
    let row = Array(try HiddenMarkovModel.sticky(states: 6, symbols: 6).transition.row(0))
    let one = Figure("one", 1)
    return PaperClaim(
      "A20c", "PMS-AM 5.1, A", "a row of A adds to 1 over its N entries",
      printed: Comparison(Figure("N = 4 members, six levels", row.prefix(4).reduce(0, +)), .equal, one),
      truth: "over Q, the levels, whatever the number of members",
      amendment: .correction(Comparison(Figure("over Q = 6", row.reduce(0, +)), .equal, one)))
  }

  private static func independence() throws -> PaperClaim {
    func information(_ model: HiddenMarkovModel) -> Double {
      let symbols = model.emitted(by: model.initial)
      var sum = 0.0
      for state in 0..<model.states {
        for symbol in 0..<model.symbols where model.emission[state, symbol] > 0 {
          sum +=
            model.initial[state] * model.emission[state, symbol] * log(model.emission[state, symbol] / symbols[symbol])
        }
      }
      return sum
    }
    return PaperClaim(
      "A20d", "PMS-AM 5.1", "states and observations are independent",
      printed: Comparison(
        Figure("mutual information, nats", information(try model())), .equal, Figure("none", 0)),
      truth: "then bids would foretell nothing; B is their dependence")
  }
}
