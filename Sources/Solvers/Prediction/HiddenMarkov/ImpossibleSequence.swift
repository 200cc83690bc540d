/// Why a recursion found nothing left to go on with.
enum ImpossibleSequence {
  /// Tells a sequence that cannot be from one whose probability is only too small for a double, by following which
  /// states can be reached, without their probabilities.
  ///
  /// - Parameter vanishedAt: the step at which no probability was left.
  static func error(_ model: PaddedModel, _ sequence: SymbolSequence, vanishedAt step: Int) -> SolverError {
    func emits(_ state: Int, _ symbol: Int32) -> Bool { model.emission(of: symbol)[state / 8][state % 8] > 0 }
    func reaches(_ state: Int, _ next: Int) -> Bool {
      model.transition.rows[state * model.blocks + next / 8][next % 8] > 0
    }
    let states = 0..<model.states
    var reached: Set<Int> = []
    for (place, symbol) in sequence.symbols.prefix(step + 1).enumerated() {
      let candidates =
        place == 0
        ? states.filter { model.initial[$0 / 8][$0 % 8] > 0 }
        : states.filter { next in reached.contains { reaches($0, next) } }
      reached = Set(candidates.filter { emits($0, symbol) })
      guard reached.isEmpty else { continue }
      let nobody = states.allSatisfy { !emits($0, symbol) }
      return SolverError(
        .zeroLikelihood,
        "the sequence is impossible under the model: symbol \(symbol + 1) at step \(place + 1) "
          + (nobody
            ? "has probability 0 in every state"
            : "has probability 0 in every state that \(place == 0 ? "may come first" : "the steps before allow")"),
        hint: "fit with smoothing above 0, so that no probability is 0")
    }
    return SolverError(
      .zeroLikelihood,
      "the sequence is possible under the model, but at step \(step + 1) its probability is too small for a double",
      hint: "fit with smoothing above 0, so that no probability is next to 0")
  }
}
