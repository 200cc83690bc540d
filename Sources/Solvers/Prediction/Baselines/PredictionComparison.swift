import Tensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How well predictors foretell a history of bids, one step ahead, on its last part, which none of them learned from.
///
/// Edges between levels, the number of states and all parameters come from the first part alone. Each predictor sees
/// every bid after it had to foretell it.
public struct PredictionComparison: Sendable {
  public struct Options: Sendable {
    /// The part of the history that is held out, above 0 and below 1.
    public var heldOut = 0.25
    /// How many held-out bids pass before everything is learned anew from all bids so far; nil for never.
    public var refit: Int?
    /// Added to every count, in every predictor.
    public var smoothing = 0.5
    /// The numbers of states that the hidden Markov model may have.
    public var states = [1, 2, 3, 4]
    public var criterion = InformationCriterion.bic
    public var iterations = 100
    public var restarts = 3
    public var seed: UInt64 = 0

    public init() {}
  }

  public struct Score: Sendable {
    public let predictor: PredictorName
    /// -ln of the probability that was given to the level that came, for each held-out bid.
    public let losses: [Double]
    /// How many held-out bids were on the level that was held to be the likeliest, the lowest among equals.
    public let hits: Int

    /// In nats.
    public var logLoss: Double { mean(losses) }
    public var hitRate: Double { Double(hits) / Double(max(losses.count, 1)) }
    /// Of the log loss; nil for a single held-out bid.
    public var standardError: Double? { Solvers.standardError(of: losses) }

    /// How much lower this log loss is than another's, and the standard error of that difference, bid by bid.
    public func advantage(over other: Score) -> (nats: Double, standardError: Double?) {
      let differences = zip(other.losses, losses).map { $0 - $1 }
      return (mean(differences), Solvers.standardError(of: differences))
    }
  }

  /// In the order in which they were asked for.
  public let scores: [Score]
  public let edges: [Double]
  public let trained: Int
  public let heldOut: Int
  /// Of the hidden Markov model that was fitted last; nil when it did not take part.
  public let model: HiddenMarkovModel?

  /// - Parameters:
  ///   - bids: the history, oldest first.
  ///   - edges: between the levels.
  /// - Throws: `EmptyInput`, `NotFinite`, `InvalidParameter`, also when too little is left to learn from;
  ///   `ZeroLikelihood`, `Cancelled`.
  public init(
    bids: [Double], edges: [Double], predictors: [PredictorName] = PredictorName.allCases,
    options: Options = Options(), cancellation: Cancellation = .never
  ) throws {
    try check(
      .scalar("held-out part", options.heldOut, .properFraction),
      .scalar("smoothing", options.smoothing, .nonNegative))
    guard !predictors.isEmpty else {
      throw SolverError(.emptyInput, "the predictors must have at least one entry, but none was given")
    }
    if let refit = options.refit { try demand(refit >= 1, "refit must be at least 1, but is \(refit)") }
    let history = try BidHistory(bids: bids, edges: edges)
    let trained = Self.trainingCount(of: bids.count, heldOut: options.heldOut)
    try demand(
      trained >= 3 && trained < bids.count,
      "a history must leave 3 bids to learn from and 1 to foretell, but of \(bids.count) bids \(trained) are left to "
        + "learn from")
    let fitting = try BaumWelch.Options(
      iterations: options.iterations, smoothing: options.smoothing, restarts: options.restarts)
    (self.edges, self.trained, heldOut) = (edges, trained, bids.count - trained)
    var model: HiddenMarkovModel?

    func learned(_ name: PredictorName, from past: BidHistory) throws -> any LevelPredictor {
      switch name {
      case .uniform: return EmpiricalFrequency(uniform: past.levelCount)
      case .empiricalFrequency: return EmpiricalFrequency(past, smoothing: options.smoothing)
      case .lastValue: return LastValue(past, smoothing: options.smoothing)
      case .markovChain: return MarkovChain(past, smoothing: options.smoothing)
      case .autoregression: return Autoregression(past, smoothing: options.smoothing)
      case .hiddenMarkov:
        let predictor = try HiddenMarkovPredictor(
          past, states: options.states.filter { $0 <= past.bids.count }, criterion: options.criterion,
          options: fitting, seed: options.seed, cancellation: cancellation)
        model = predictor.model
        return predictor
      }
    }

    scores = try predictors.map { name in
      var predictor = try learned(name, from: history.prefix(trained))
      var losses: [Double] = []
      var hits = 0
      for step in trained..<bids.count {
        if let refit = options.refit, step > trained, (step - trained) % refit == 0 {
          predictor = try learned(name, from: history.prefix(step))
        }
        try cancellation.check()
        let law = predictor.forecast
        losses.append(-log(law[history.levels[step]]))
        let likeliest = law.indices.max { law[$0] < law[$1] || law[$0] == law[$1] && $0 > $1 }
        if likeliest == history.levels[step] { hits += 1 }
        predictor.observe(bids[step], level: history.levels[step])
      }
      return Score(predictor: name, losses: losses, hits: hits)
    }
    self.model = model
  }

  /// How many bids of a history are learned from.
  public static func trainingCount(of bids: Int, heldOut: Double) -> Int {
    bids - Int((Double(bids) * heldOut).rounded(.up))
  }
}

private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(values.count, 1)) }

private func standardError(of values: [Double]) -> Double? {
  guard values.count > 1 else { return nil }
  // Equal numbers have no spread, whatever rounding says of their mean.
  guard values.contains(where: { $0 != values[0] }) else { return 0 }
  let centre = mean(values)
  let squares = values.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
  return (squares / Double(values.count - 1) / Double(values.count)).squareRoot()
}
