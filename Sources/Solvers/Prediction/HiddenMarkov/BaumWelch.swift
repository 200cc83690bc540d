import Dispatch
import Synchronization
import Tensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Fitting a hidden Markov model to what was observed, by expectation maximisation.
///
/// No iteration lowers the likelihood (with smoothing: the likelihood times the Dirichlet prior's density). It ends in
/// a local maximum, which is why it may begin in several places.
///
/// Source: Baum, Petrie, Soules, Weiss, "A maximization technique occurring in the statistical analysis of
/// probabilistic functions of Markov chains", Annals of Mathematical Statistics 41, 1970. PMS-AM 5.1 leaves it open.
public enum BaumWelch {
  public struct Options: Sendable {
    /// At most so many for each start.
    public var iterations: Int
    /// An iteration that adds no more than this to the objective is the last.
    public var tolerance: Double
    /// Added to every expected count; 0 is maximum likelihood.
    public var smoothing: Double
    /// So many drawn starts beside the given one.
    public var restarts: Int

    /// - Throws: `NotFinite`, `InvalidParameter`.
    public init(iterations: Int = 100, tolerance: Double = 1e-4, smoothing: Double = 0, restarts: Int = 0) throws {
      try check(.scalar("tolerance", tolerance, .nonNegative), .scalar("smoothing", smoothing, .nonNegative))
      try demand(iterations >= 1, "the number of iterations must be at least 1, but is \(iterations)")
      try demand(restarts >= 0, "the number of restarts must be at least 0, but is \(restarts)")
      (self.iterations, self.tolerance) = (iterations, tolerance)
      (self.smoothing, self.restarts) = (smoothing, restarts)
    }
  }

  public struct Fit: Sendable {
    public let model: HiddenMarkovModel
    /// Before the first iteration and after each.
    public let logLikelihoods: [Double]
    /// What was maximised: the log likelihood, with smoothing plus smoothing times the sum of all log probabilities.
    public let objectives: [Double]
    /// Whether the last iteration added no more than the tolerance.
    public let converged: Bool
    /// From which start: 0 is the given model, 1 the first that was drawn.
    public let start: Int
    /// Where each start ended; nil for one under which the sequences are impossible.
    public let startObjectives: [Double?]

    public var logLikelihood: Double { logLikelihoods.last ?? -.infinity }
    public var iterations: Int { logLikelihoods.count - 1 }
  }

  /// Several starts are climbed at a time, each from a random stream of its own; the result does not depend on how
  /// many. Of equally good ends that of the first start counts.
  ///
  /// - Parameters:
  ///   - sequences: observed apart from each other, symbols from 0.
  ///   - model: where to begin.
  ///   - seed: of the restarts, each of which draws from a stream of its own.
  ///   - threads: how many starts are climbed at a time, at most; fewer where each needs much memory.
  ///   - progress: told after each iteration, from any thread, how many starts are done.
  /// - Throws: `EmptyInput`; `InvalidParameter` for symbols that the model does not have, and for more states than
  ///   observations; `ZeroLikelihood` when the sequences are impossible from every start; `Cancelled`.
  public static func fit(
    _ sequences: [[Int]], from model: HiddenMarkovModel, options: Options, seed: UInt64 = 0, threads: Int = 1,
    cancellation: Cancellation = .never, progress: @escaping @Sendable (_ done: Double) -> Void = { _ in }
  ) throws -> Fit {
    let observed = try SymbolSequence.checked(sequences, alphabet: model.symbols)
    let total = observed.reduce(0) { $0 + $1.count }
    try demand(
      total >= model.states,
      "a model of \(model.states) states needs as many observations at least, but there are \(total)",
      hint: "fit fewer states; predict.hmm_select says how many the observations bear")
    for sequence in observed { try sequence.requireRoom(states: model.states) }
    let longest = observed.map(\.count).max() ?? 1
    let room = max(1, (1 << 28) / (longest * 8 * PaddedModel.blocks(of: model.states)))
    let next = Atomic(0)
    let ends = Mutex(Ends(starts: options.restarts + 1))
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, room, options.restarts + 1))) { _ in
      while true {
        let start = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard start <= options.restarts, !ends.withLock(\.isStopped) else { return }
        let outcome = Result {
          var stream = RandomStream(seed: seed, purpose: "hidden Markov restart", round: start)
          let beginning =
            start == 0
            ? model : try HiddenMarkovModel.drawn(states: model.states, symbols: model.symbols, stream: &stream)
          var ascent = Ascent(beginning, observed, options, cancellation)
          try ascent.climb { iteration in
            progress(Double(ends.withLock(\.done)) + Double(iteration) / Double(options.iterations + 1))
          }
          return ascent.fit(start: start)
        }
        ends.withLock { $0.add(outcome, of: start) }
      }
    }
    return try ends.withLock { try $0.best() }
  }
}

/// Where the starts ended, in whichever order they did.
private struct Ends {
  private var objectives: [Double?]
  private var fit: BaumWelch.Fit?
  /// Of the first start that met one: that the sequences are impossible, or that there is no going on.
  private var refusal: (start: Int, error: any Error)?
  private var failure: (start: Int, error: any Error)?
  private(set) var done = 0

  init(starts: Int) { objectives = [Double?](repeating: nil, count: starts) }

  var isStopped: Bool { failure != nil }

  mutating func add(_ outcome: Result<BaumWelch.Fit, any Error>, of start: Int) {
    done += 1
    switch outcome {
    case .success(let found):
      objectives[start] = found.objective
      if let fit, (fit.objective, -fit.start) >= (found.objective, -start) { return }
      fit = found
    case .failure(let error):
      if let error = error as? SolverError, error.reason == .zeroLikelihood {
        if start < refusal?.start ?? .max { refusal = (start, error) }
      } else if start < failure?.start ?? .max {
        failure = (start, error)
      }
    }
  }

  func best() throws -> BaumWelch.Fit {
    if let failure { throw failure.error }
    guard let fit else {
      throw refusal?.error ?? SolverError(.zeroLikelihood, "no start explains the sequences")
    }
    return BaumWelch.Fit(
      model: fit.model, logLikelihoods: fit.logLikelihoods, objectives: fit.objectives, converged: fit.converged,
      start: fit.start, startObjectives: objectives)
  }
}

extension BaumWelch.Fit {
  /// Where this start ended.
  fileprivate var objective: Double { objectives.last ?? -.infinity }
}

/// The way up from one start.
private struct Ascent {
  private var model: HiddenMarkovModel
  private let sequences: [SymbolSequence]
  private let options: BaumWelch.Options
  private let cancellation: Cancellation
  private let alphas: LaneBuffer
  private(set) var logLikelihoods: [Double] = []
  private(set) var objectives: [Double] = []
  private var converged = false

  init(
    _ model: HiddenMarkovModel, _ sequences: [SymbolSequence], _ options: BaumWelch.Options,
    _ cancellation: Cancellation
  ) {
    (self.model, self.sequences, self.options, self.cancellation) = (model, sequences, options, cancellation)
    let longest = sequences.map(\.count).max() ?? 0
    alphas = LaneBuffer(count: longest * PaddedModel.blocks(of: model.states))
  }

  mutating func climb(progress: (_ iteration: Int) -> Void) throws {
    for iteration in 0...options.iterations {
      let padded = PaddedModel(model)
      let isLast = iteration == options.iterations
      let counts = isLast ? nil : ExpectedCounts(padded)
      let likelihood = try expectation(padded, counts)
      let objective = likelihood + logPrior
      let gain = objectives.last.map { objective - $0 }
      logLikelihoods.append(likelihood)
      objectives.append(objective)
      progress(iteration)
      if let gain, gain <= options.tolerance {
        converged = true
        return
      }
      if let counts { model = counts.maximiser(of: model, smoothing: options.smoothing) }
    }
  }

  /// The likelihood of all sequences, and their expected counts where these are wanted.
  private func expectation(_ padded: PaddedModel, _ counts: ExpectedCounts?) throws -> Double {
    let workspace = BackwardPass.Workspace(padded)
    return try sequences.reduce(0) { sum, sequence in
      try cancellation.check()
      let likelihood = try ForwardPass.run(
        padded, sequence, into: alphas, keeping: counts == nil ? .last : .all, cancellation: cancellation)
      if let counts {
        try BackwardPass.run(
          padded, sequence, over: alphas, adding: counts, workspace: workspace, cancellation: cancellation)
      }
      return sum + likelihood
    }
  }

  /// Up to a constant, the log density of the Dirichlet prior whose pseudo-counts are the smoothing.
  private var logPrior: Double {
    guard options.smoothing > 0 else { return 0 }
    func sum(_ law: [Double]) -> Double { law.reduce(0) { $0 + log($1) } }
    return options.smoothing * (sum(model.initial) + sum(model.transition.elements) + sum(model.emission.elements))
  }

  func fit(start: Int) -> BaumWelch.Fit {
    BaumWelch.Fit(
      model: model, logLikelihoods: logLikelihoods, objectives: objectives, converged: converged, start: start,
      startObjectives: [])
  }
}
