import Tensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a fit is charged for its parameters.
public enum InformationCriterion: String, CaseIterable, Sendable {
  /// -2 ln L + p ln n (Schwarz, "Estimating the dimension of a model", Annals of Statistics 6, 1978).
  case bic
  /// -2 ln L + 2 p (Akaike, "A new look at the statistical model identification", IEEE Transactions on Automatic
  /// Control 19, 1974).
  case aic

  /// - Parameters:
  ///   - parameters: p, how many numbers were chosen freely.
  ///   - observations: n.
  public func value(logLikelihood: Double, parameters: Int, observations: Int) -> Double {
    switch self {
    case .bic: -2 * logLikelihood + Double(parameters) * log(Double(observations))
    case .aic: -2 * logLikelihood + 2 * Double(parameters)
    }
  }
}

/// How many states the observations bear: a fit for each count, the one with the least criterion chosen.
public struct OrderSelection: Sendable {
  public struct Candidate: Sendable {
    public let fit: BaumWelch.Fit
    public let observations: Int

    public var states: Int { fit.model.states }

    public func value(_ criterion: InformationCriterion) -> Double {
      criterion.value(
        logLikelihood: fit.logLikelihood, parameters: fit.model.freeParameters, observations: observations)
    }
  }

  /// One for each count, in their order.
  public let candidates: [Candidate]
  public let criterion: InformationCriterion
  /// The candidate with the least criterion, the first among equals.
  public let best: Candidate

  /// - Parameters:
  ///   - sequences: symbols from 0.
  ///   - symbols: how many there are.
  ///   - counts: the numbers of states to try. Each fit begins at the sticky start and at `options.restarts` drawn
  ///     ones.
  ///   - threads: how many starts are climbed at a time.
  /// - Throws: as `BaumWelch.fit`; `EmptyInput` without counts.
  public init(
    _ sequences: [[Int]], symbols: Int, states counts: [Int], criterion: InformationCriterion = .bic,
    options: BaumWelch.Options, seed: UInt64 = 0, threads: Int = 1, cancellation: Cancellation = .never
  ) throws {
    let observations = try SymbolSequence.checked(sequences, alphabet: symbols).reduce(0) { $0 + $1.count }
    candidates = try counts.map { count in
      let start = try HiddenMarkovModel.sticky(states: count, symbols: symbols)
      return Candidate(
        fit: try BaumWelch.fit(
          sequences, from: start, options: options, seed: seed, threads: threads, cancellation: cancellation),
        observations: observations)
    }
    guard let best = candidates.min(by: { $0.value(criterion) < $1.value(criterion) }) else {
      throw SolverError(.emptyInput, "the numbers of states must have at least one entry, but none was given")
    }
    (self.best, self.criterion) = (best, criterion)
  }
}
