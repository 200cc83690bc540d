/// Every outcome can be carried out, as far as the mechanism can tell.
struct Feasibility: PropertyCheck {
  let property = MechanismProperty.feasibility

  func examine(_ trial: AuditTrial, _ desk: AuditDesk) throws {
    guard try reason(trial.types, trial.outcome, desk.probe) != nil else { return }
    desk.record(property, Breach(excess: 1, scale: 1)) { AuditCase(types: trial.types) }
  }

  private func reason(_ types: Profile, _ outcome: MechanismOutcome, _ probe: MechanismProbe) throws -> String? {
    do { return try probe.mechanism.infeasibility(of: outcome, reports: types) } catch {
      throw MechanismFailure(reports: types, error)
    }
  }

  func breach(in found: AuditCase, _ probe: MechanismProbe) throws -> Breach {
    let outcome = try probe.outcome(of: found.types)
    return Breach(excess: try reason(found.types, outcome, probe) == nil ? 0 : 1, scale: 1)
  }

  func sentence(_ found: AuditCase, excess: Double, _ probe: MechanismProbe) throws -> String {
    let outcome = try probe.outcome(of: found.types)
    return try reason(found.types, outcome, probe) ?? "the outcome can be carried out"
  }
}
