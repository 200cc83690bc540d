import Tensor

/// What a sequence says about the model and its states.
extension HiddenMarkovModel {
  /// The log of the probability of a sequence.
  ///
  /// - Throws: `EmptyInput`, `InvalidParameter` for a symbol that the model does not have, `ZeroLikelihood` with the
  ///   step that is impossible, `Cancelled`.
  public func logLikelihood(of symbols: [Int], cancellation: Cancellation = .never) throws -> Double {
    let sequence = try SymbolSequence(symbols, alphabet: self.symbols)
    let padded = PaddedModel(self)
    return try ForwardPass.run(
      padded, sequence, into: LaneBuffer(count: 2 * padded.blocks), keeping: .last, cancellation: cancellation)
  }

  public struct Posterior: Sendable {
    /// The law of each step's state (row: step, column: state) given the whole sequence.
    public let states: Matrix
    public let logLikelihood: Double
  }

  /// The law of each state given everything observed, before and after it.
  ///
  /// - Throws: as `logLikelihood`.
  public func posterior(of symbols: [Int], cancellation: Cancellation = .never) throws -> Posterior {
    let sequence = try SymbolSequence(symbols, alphabet: self.symbols)
    try sequence.requireRoom(states: states)
    let padded = PaddedModel(self)
    let laws = LaneBuffer(count: sequence.count * padded.blocks)
    let likelihood = try ForwardPass.run(
      padded, sequence, into: laws, keeping: .all, cancellation: cancellation)
    try BackwardPass.run(
      padded, sequence, over: laws, adding: nil, workspace: BackwardPass.Workspace(padded), cancellation: cancellation)
    return Posterior(states: laws.matrix(rows: sequence.count, columns: states), logLikelihood: likelihood)
  }

  public struct Filtered: Sendable {
    /// The law of the last step's state given everything observed up to it.
    public let states: [Double]
    public let logLikelihood: Double
  }

  /// The law of the state in which a sequence ends.
  ///
  /// - Parameter variant: `.paper` reads P(33) literally, see `printedFilter`.
  /// - Throws: as `logLikelihood`.
  ///
  /// Source: PMS-AM (32) and (33).
  public func filtered(
    after symbols: [Int], variant: Variant = .corrected, cancellation: Cancellation = .never
  ) throws -> Filtered {
    let sequence = try SymbolSequence(symbols, alphabet: self.symbols)
    guard variant == .corrected else { return try printedFilter(sequence) }
    let padded = PaddedModel(self)
    let laws = LaneBuffer(count: 2 * padded.blocks)
    let likelihood = try ForwardPass.run(
      padded, sequence, into: laws, keeping: .last, cancellation: cancellation)
    let weights = laws.row((sequence.count - 1) & 1, states: states)
    return Filtered(states: StochasticLaw.normalised(weights) ?? weights, logLikelihood: likelihood)
  }
}
