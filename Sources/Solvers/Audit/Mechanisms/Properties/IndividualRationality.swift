/// Nobody who tells the truth ends with less than by staying away, whatever others report.
struct IndividualRationality: PropertyCheck {
  let property = MechanismProperty.individualRationality

  func examine(_ trial: AuditTrial, _ desk: AuditDesk) throws {
    for participant in trial.utilities.indices {
      desk.record(property, Breach(excess: -trial.utilities[participant], scale: trial.scale)) {
        AuditCase(types: trial.types, participants: [participant])
      }
    }
  }

  func breach(in found: AuditCase, _ probe: MechanismProbe) throws -> Breach {
    guard let participant = found.participants.first else { return .none }
    let outcome = try probe.outcome(of: found.types)
    return Breach(
      excess: -(try probe.utility(of: participant, true: found.types, outcome)),
      scale: probe.scale(found.types, outcome))
  }

  func sentence(_ found: AuditCase, excess: Double, _ probe: MechanismProbe) throws -> String {
    "\(probe.who(found)) tells the truth and ends with \(shown(-excess))"
  }
}
