#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension HiddenMarkovModel {
  /// The recursion with the printed index b_i(o_{t+1}): a symbol is emitted by the state that is left, not by the one
  /// that is entered. The first symbol belongs to the first state all the same.
  ///
  /// That is a model too, only not the one that the text describes.
  ///
  /// Source: PMS-AM (33) as printed.
  func printedFilter(_ sequence: SymbolSequence) throws -> Filtered {
    var law = initial
    var logLikelihood = 0.0
    for (step, symbol) in sequence.symbols.enumerated() {
      let joint = (0..<states).map { law[$0] * emission[$0, Int(symbol)] }
      let sum = joint.reduce(0, +)
      guard sum >= .leastNormalMagnitude else {
        throw SolverError(
          .zeroLikelihood,
          "the sequence is impossible under the model as printed: at step \(step + 1) no state is left that emits "
            + "symbol \(symbol + 1)")
      }
      logLikelihood += log(sum)
      law = joint.map { $0 / sum }
      if step > 0 { law = successor(of: law) }
    }
    return Filtered(states: law, logLikelihood: logLikelihood)
  }

  /// The law of the next state, given that of this one.
  func successor(of law: [Double]) -> [Double] {
    var next = [Double](repeating: 0, count: states)
    for state in 0..<states where law[state] > 0 {
      for place in 0..<states { next[place] += law[state] * transition[state, place] }
    }
    return next
  }
}
