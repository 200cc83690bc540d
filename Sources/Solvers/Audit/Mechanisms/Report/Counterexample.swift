/// A case in which a promise is broken, with both runs, so that anybody can make them again.
public struct Counterexample: Equatable, Sendable {
  public let property: MechanismProperty
  public let found: AuditCase
  /// Those whom it is about, by name.
  public let names: [String]
  /// By how much the promise is broken: money, as a rule.
  public let excess: Double
  /// What happened, in one sentence.
  public let sentence: String
  /// What the mechanism decided on the truth.
  public let before: MechanismOutcome
  /// What it decided on the reports of the second run.
  public let after: MechanismOutcome?
  /// For promises about averages: everything was drawn or summed over the types of others.
  public let expectation: Expectation?

  /// An average over the types of others.
  public struct Expectation: Equatable, Sendable {
    public let truthful: Double
    /// By the lie; nil where there is none.
    public let lying: Double?
    /// How many draws it is a mean of; nil where it is exact.
    public let draws: Int?
  }
}
