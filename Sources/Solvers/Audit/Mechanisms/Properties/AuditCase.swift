/// A situation in which a promise can be looked at: what is true, and what is reported in a second run.
public struct AuditCase: Equatable, Sendable {
  /// What everybody's numbers truly are. In the first run everybody reports them.
  public var types: Profile
  /// What is reported in the second run; nil for promises that one run can break.
  public var reports: Profile?
  /// Whom it is about; empty when it is about the mechanism as a whole.
  public var participants: [Int]

  public init(types: Profile, reports: Profile? = nil, participants: [Int] = []) {
    self.types = types
    self.reports = reports
    self.participants = participants
  }
}

/// By how much a promise is broken.
struct Breach: Equatable, Sendable {
  /// Above 0 when it is.
  var excess: Double
  /// The size of the numbers that were compared, by which rounding is forgiven.
  var scale: Double

  static let none = Breach(excess: 0, scale: 0)

  /// Relative to the numbers, so that a truthful mechanism is not accused of its rounding, in whatever unit it counts.
  func isViolation(_ tolerance: Double) -> Bool { excess > tolerance * scale }
}

/// One promise, as the auditor looks at it.
protocol PropertyCheck: Sendable {
  var property: MechanismProperty { get }

  /// Why it cannot be looked at here; nil when it can.
  func obstacle(_ probe: MechanismProbe) -> String?

  /// Looks for breaches around one drawn profile and records the worst.
  ///
  /// - Throws: `MechanismFailure`, `Cancelled`.
  func examine(_ trial: AuditTrial, _ desk: AuditDesk) throws

  /// The breach in one case, both runs made anew: for shrinking and replay.
  func breach(in case: AuditCase, _ probe: MechanismProbe) throws -> Breach

  /// The same case with everything that follows from the rest, such as permuted reports, made to follow it again.
  func completed(_ case: AuditCase, _ probe: MechanismProbe) -> AuditCase

  /// What happened, in one sentence; outcomes of the first and the second run.
  func sentence(_ case: AuditCase, excess: Double, _ probe: MechanismProbe) throws -> String
}

extension PropertyCheck {
  func obstacle(_ probe: MechanismProbe) -> String? { nil }
  func completed(_ case: AuditCase, _ probe: MechanismProbe) -> AuditCase { `case` }
}
