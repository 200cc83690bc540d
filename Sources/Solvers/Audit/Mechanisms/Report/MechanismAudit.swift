/// What an audit found out about a mechanism.
public struct MechanismAudit: Sendable {
  public let mechanism: String
  public let participants: [Participant]
  /// In the order in which they were asked for.
  public let verdicts: [(property: MechanismProperty, verdict: PropertyVerdict)]
  /// Profiles of true types; how often the mechanism was asked in all.
  public let trials: Int
  public let evaluations: Int
  /// Whether the trials were all profiles that there are.
  public let isExhaustive: Bool
  /// Whether their number was up to the clock.
  public let isTimed: Bool
  public let seed: UInt64
  /// What the mechanism is left with, over the prior.
  public let revenue: WeightedMean
  /// What each participant has by the truth, over the prior.
  public let utilities: [WeightedMean]
  /// How often it gave no outcome, and where first.
  public let failures: Int
  public let firstFailure: MechanismFailure?
  /// What the search could not know, such as a mechanism that answers the same question differently.
  public let remarks: [String]
  /// Why one thread did it all, where more were to: no part of what was found, which is the same for any number of them.
  public let threadObstacle: String?

  public subscript(property: MechanismProperty) -> PropertyVerdict? {
    verdicts.first { $0.property == property }?.verdict
  }

  public var violated: [MechanismProperty] { verdicts.filter(\.verdict.isViolated).map(\.property) }
}
