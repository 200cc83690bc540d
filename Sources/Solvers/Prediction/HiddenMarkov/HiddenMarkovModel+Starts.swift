import Tensor

/// Where fitting may begin.
extension HiddenMarkovModel {
  /// States that tend to stay and that each prefer a symbol: 0.7 on the diagonal of the transitions, 0.6 on the symbol
  /// that stands where the state stands, the rest spread evenly.
  ///
  /// - Throws: `InvalidParameter`.
  ///
  /// Source: ours; PMS-AM 5.1 does not say where its parameters come from.
  public static func sticky(states: Int, symbols: Int) throws -> HiddenMarkovModel {
    try checkSize(states: states, symbols: symbols)
    func law(_ count: Int, favourite: Int, weight: Double) -> [Double] {
      guard count > 1 else { return [1] }
      return (0..<count).map { $0 == favourite ? weight : (1 - weight) / Double(count - 1) }
    }
    var transition = Matrix(rows: states, columns: states)
    var emission = Matrix(rows: states, columns: symbols)
    for state in 0..<states {
      for (next, probability) in law(states, favourite: state, weight: 0.7).enumerated() {
        transition[state, next] = probability
      }
      // With as many symbols as states this is the diagonal.
      for (symbol, probability) in law(symbols, favourite: state * symbols / states, weight: 0.6).enumerated() {
        emission[state, symbol] = probability
      }
    }
    return HiddenMarkovModel(
      checked: Array(repeating: 1 / Double(states), count: states), transition, emission)
  }

  /// Every law drawn evenly from all laws (the flat Dirichlet distribution).
  ///
  /// - Throws: `InvalidParameter`.
  public static func drawn(states: Int, symbols: Int, stream: inout RandomStream) throws -> HiddenMarkovModel {
    try checkSize(states: states, symbols: symbols)
    let initial = stream.dirichlet(count: states, concentration: 1)
    var rows = (0..<states).map { _ in stream.dirichlet(count: states, concentration: 1) }
    let transition = Matrix(rows: states, columns: states, elements: Array(rows.joined()))
    rows = (0..<states).map { _ in stream.dirichlet(count: symbols, concentration: 1) }
    let emission = Matrix(rows: states, columns: symbols, elements: Array(rows.joined()))
    return HiddenMarkovModel(checked: initial, transition, emission)
  }
}
