import Tensor

/// How training went: one entry for every `reportPeriod` iterations, and for the last.
public struct LearningHistory: Equatable, Sendable {
  public private(set) var iterations: [Int] = []
  /// What the auctioneer is after, on the batch: surplus, welfare, or revenue.
  public private(set) var objective: [Double] = []
  /// The mean over bidders of what misreports gain, on the batch.
  public private(set) var regret: [Double] = []
  /// The mean of the multipliers.
  public private(set) var multiplier: [Double] = []

  public init() {}

  mutating func append<Rule>(_ training: AuctionTraining<Rule>) {
    iterations.append(training.iteration)
    objective.append(-training.cost)
    regret.append(training.regret.reduce(0, +) / Double(max(1, training.regret.count)))
    multiplier.append(
      training.lagrangian.multipliers.reduce(0, +) / Double(max(1, training.lagrangian.multipliers.count)))
  }
}

extension AuctionTraining {
  /// Runs to the end, or until it is cancelled.
  ///
  /// - Parameter progress: told of every entry of the history: how much is done, and the history so far.
  /// - Throws: `Interrupted`, `Diverged`.
  func run(progress: (Double, LearningHistory) -> Void, cancellation: Cancellation) throws -> LearningHistory {
    var history = LearningHistory()
    while iteration < settings.iterations {
      try cancellation.check()
      try step()
      if iteration % settings.reportPeriod == 0 || iteration == settings.iterations {
        history.append(self)
        progress(Double(iteration) / Double(settings.iterations), history)
      }
    }
    return history
  }
}
