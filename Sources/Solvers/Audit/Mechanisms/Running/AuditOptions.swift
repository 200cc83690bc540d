import Tensor

/// How an audit is to be made.
public struct AuditOptions {
  /// How long it goes on.
  public enum Budget: Equatable, Sendable {
    /// So many profiles of true types.
    case trials(Int)
    /// So long; how many trials that is, and with them the findings, depends on the clock.
    case seconds(Double)
  }

  public enum FailurePolicy: String, CaseIterable, Sendable {
    /// Profiles at which the mechanism fails are counted, and the first is told.
    case goOn = "continue"
    /// The first of them ends the audit.
    case stop
  }

  public var properties: [MechanismProperty]
  public var prior: TypePrior
  public var budget: Budget
  public var seed: UInt64
  public var threads: Int
  /// What is forgiven, relative to the numbers compared.
  public var tolerance: Double
  public var onFailure: FailurePolicy
  /// How many times as many lies as usual are tried in every trial.
  public var effort: Int
  /// With at most so many profiles and lies, a finite domain is gone through as a whole, whatever the budget.
  public var exhaustiveLimit: Int

  public init(
    properties: [MechanismProperty] = MechanismProperty.standard, prior: TypePrior = .independent(.uniform),
    budget: Budget = .trials(5000), seed: UInt64 = 0, threads: Int = 1, tolerance: Double = 1e-9,
    onFailure: FailurePolicy = .goOn, effort: Int = 1, exhaustiveLimit: Int = 1_000_000
  ) {
    self.properties = properties
    self.prior = prior
    self.budget = budget
    self.seed = seed
    self.threads = threads
    self.tolerance = tolerance
    self.onFailure = onFailure
    self.effort = effort
    self.exhaustiveLimit = exhaustiveLimit
  }

  func validated(for participants: [Participant]) throws {
    try demand(!participants.isEmpty, "a mechanism without participants cannot be audited")
    switch budget {
    case .trials(let count): try check(.scalar("number of trials", Double(count), .positiveCount))
    case .seconds(let seconds): try check(.scalar("number of seconds", seconds, .positive))
    }
    try check(.scalar("tolerance", tolerance, .nonNegative), .scalar("effort", Double(effort), .positiveCount))
    if case .independentByField(let rows) = prior {
      guard rows.map(\.count) == participants.map(\.space.fields.count) else {
        throw SolverError(.shapeMismatch, "the prior must have one distribution per number of every participant")
      }
    }
    if case .independentByType(let laws) = prior {
      guard laws.map(\.probabilities.count) == participants.map({ $0.space.types?.count ?? -1 }) else {
        throw SolverError(.shapeMismatch, "the prior must have one probability per type of every participant")
      }
    }
  }
}
