/// What the payments add up to: at least nothing, or exactly nothing.
struct BudgetBalance: PropertyCheck {
  /// Whether what is left over counts as well as what is missing.
  let isStrong: Bool

  var property: MechanismProperty { isStrong ? .strongBudgetBalance : .weakBudgetBalance }

  func examine(_ trial: AuditTrial, _ desk: AuditDesk) throws {
    desk.record(property, breach(trial.outcome, scale: trial.scale)) { AuditCase(types: trial.types) }
  }

  func breach(in found: AuditCase, _ probe: MechanismProbe) throws -> Breach {
    let outcome = try probe.outcome(of: found.types)
    return breach(outcome, scale: probe.scale(found.types, outcome))
  }

  private func breach(_ outcome: MechanismOutcome, scale: Double) -> Breach {
    let surplus = outcome.surplus
    return Breach(excess: isStrong ? abs(surplus) : -surplus, scale: scale)
  }

  func sentence(_ found: AuditCase, excess: Double, _ probe: MechanismProbe) throws -> String {
    let surplus = try probe.outcome(of: found.types).surplus
    return surplus < 0
      ? "the mechanism pays out \(shown(-surplus)) more than it takes in" : "the mechanism keeps \(shown(surplus))"
  }
}
