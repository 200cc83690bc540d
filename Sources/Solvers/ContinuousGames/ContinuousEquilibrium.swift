import Tensor

/// What a search for an equilibrium found, with the proof of its quality.
public struct ContinuousEquilibrium: Equatable, Sendable {
  /// The joint profile: an equilibrium where `converged`, else the profile of least regret that was met.
  public let profile: [Double]
  public let utilities: [Double]
  /// The method that found it.
  public let method: ContinuousMethod
  /// Of that method from its start.
  public let iterations: Int
  public let seed: UInt64
  /// Whether no player gains more than the tolerance, relative to the payoff, as far as the searches find.
  public let converged: Bool
  /// What every player could gain, by a global search of its own.
  public let regret: RegretReport
  /// Per player; empty where diagnostics were not asked for.
  public let secondOrder: [SecondOrderCondition]
  public let contraction: ContractionEstimate?
  /// The multiplier of every part of every player's strategy set: what one more unit of a simplex's total or a budget
  /// would be worth; 0 for boxes. Empty where payoffs have no derivatives or diagnostics were not asked for.
  public let multipliers: [[Double]]
  public let multistart: MultistartReport
  /// The mixed strategies behind the profile, from fictitious play and logit dynamics.
  public let mixed: MixedProfile?
  /// What to try where it did not converge, or to look at where it did.
  public let advice: [String]

  public var maxRegret: Double { regret.maxRegret }
}

/// What several starting points led to.
public struct MultistartReport: Equatable, Sendable {
  public let starts: Int
  /// How many of them led to an equilibrium.
  public let converged: Int
  /// The different equilibria found, in the order of the starts that found them.
  public let equilibria: [[Double]]

  /// Whether every start led to one and the same equilibrium: evidence of uniqueness, no proof.
  public var agree: Bool { converged == starts && equilibria.count == 1 }
}
