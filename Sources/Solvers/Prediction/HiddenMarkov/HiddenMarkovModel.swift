import Tensor

/// A hidden Markov model with finitely many states and symbols: a chain of states that nobody sees, each of which emits
/// a symbol that everybody sees.
///
/// For bids, the states are the levels that a competitor means to bid at, and the symbols are the levels of the bids
/// that were revealed. States, symbols and steps count from 0 here, and from 1 in messages.
///
/// Source: PMS-AM 5.1; Rabiner, "A tutorial on hidden Markov models", Proceedings of the IEEE 77, 1989.
public struct HiddenMarkovModel: Equatable, Sendable {
  /// I: the law of the first state.
  public let initial: [Double]
  /// A: from a state (row) to the next (column).
  public let transition: Matrix
  /// B: the law of the symbol (column) in a state (row).
  public let emission: Matrix

  public var states: Int { initial.count }
  public var symbols: Int { emission.columns }

  /// How far from 1 the sum of a law may be.
  static let sumTolerance = 1e-9
  /// Beyond these a mistake is likelier than a model.
  public static let largestStateCount = 1000
  public static let largestSymbolCount = 10_000

  /// - Parameters:
  ///   - initial: one probability for each state.
  ///   - transition: states x states.
  ///   - emission: states x symbols.
  /// - Throws: `EmptyInput`, `ShapeMismatch`, `NotFinite`, `InvalidParameter` for too many states or symbols;
  ///   `NotStochastic` for a negative probability or a law that does not add to 1 within 1e-9.
  public init(initial: [Double], transition: Matrix, emission: Matrix) throws {
    let count = initial.count
    for (name, entries) in [("initial", count), ("transition", transition.rows), ("emission", emission.columns)]
    where entries == 0 {
      throw SolverError(.emptyInput, "the \(name) probabilities must have at least one entry, but none was given")
    }
    guard transition.rows == count, transition.columns == count else {
      throw SolverError(
        .shapeMismatch,
        "the transition probabilities must be \(count) x \(count), a row and a column for each state, but are "
          + "\(transition.rows) x \(transition.columns)")
    }
    guard emission.rows == count else {
      throw SolverError(
        .shapeMismatch,
        "the emission probabilities must have \(count) rows, one for each state, but have \(emission.rows)")
    }
    try Self.checkSize(states: count, symbols: emission.columns)
    try StochasticLaw.check([initial], "initial")
    try StochasticLaw.check(transition.nested, "transition")
    try StochasticLaw.check(emission.nested, "emission")
    self.init(checked: initial, transition, emission)
  }

  init(checked initial: [Double], _ transition: Matrix, _ emission: Matrix) {
    (self.initial, self.transition, self.emission) = (initial, transition, emission)
  }

  static func checkSize(states: Int, symbols: Int) throws {
    try demand(
      (1...largestStateCount).contains(states),
      "the number of states must be between 1 and \(largestStateCount), but is \(states)")
    try demand(
      (1...largestSymbolCount).contains(symbols),
      "the number of symbols must be between 1 and \(largestSymbolCount), but is \(symbols)")
  }

  /// How many numbers the model may choose freely: what information criteria charge for.
  public var freeParameters: Int { states - 1 + states * (states - 1) + states * (symbols - 1) }
}
