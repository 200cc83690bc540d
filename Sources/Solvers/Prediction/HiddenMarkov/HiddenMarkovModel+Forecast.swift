import Tensor

extension HiddenMarkovModel {
  public struct Forecast: Sendable {
    /// The law of the state at the step foretold.
    public let states: [Double]
    /// The law of its symbol.
    public let symbols: [Double]
  }

  /// What comes next.
  ///
  /// - Parameters:
  ///   - symbols: what was observed; nothing, for the first symbol of all.
  ///   - steps: how far ahead, at least 1.
  /// - Throws: `InvalidParameter`, `ZeroLikelihood`, `Cancelled`.
  ///
  /// Source: PMS-AM (31), conditioned on the whole history rather than on the newest observation alone.
  public func forecast(
    after symbols: [Int], steps: Int = 1, cancellation: Cancellation = .never
  ) throws -> Forecast {
    try demand(steps >= 1, "the number of steps ahead must be at least 1, but is \(steps)")
    var law: [Double]
    var left = steps
    if symbols.isEmpty {
      law = initial
      left -= 1
    } else {
      law = try filtered(after: symbols, cancellation: cancellation).states
    }
    for step in 0..<left {
      if step % 1024 == 1023 { try cancellation.check() }
      let next = successor(of: law)
      // A law that has stopped moving stays where it is.
      if next == law { break }
      law = next
    }
    return Forecast(states: law, symbols: emitted(by: law))
  }

  /// The law of the symbol, given that of its state.
  func emitted(by law: [Double]) -> [Double] {
    var laws = [Double](repeating: 0, count: symbols)
    for state in 0..<states where law[state] > 0 {
      for symbol in 0..<symbols { laws[symbol] += law[state] * emission[state, symbol] }
    }
    return laws
  }
}
