/// Nobody would rather have what another of its role gets and pays.
struct EnvyFreeness: PropertyCheck {
  let property = MechanismProperty.envyFreeness

  /// With more participants than this, some of them look around in each trial, others in the next.
  private static let enviousPerTrial = 16

  func obstacle(_ probe: MechanismProbe) -> String? {
    probe.hasTwins ? nil : "no two participants have the same role"
  }

  func examine(_ trial: AuditTrial, _ desk: AuditDesk) throws {
    let count = trial.utilities.count
    let looked = desk.isExhaustive ? count : min(count, Self.enviousPerTrial)
    let first = looked < count ? desk.random.integer(below: count) : 0
    for turn in 0..<looked {
      let envious = (first + turn) % count
      for envied in trial.utilities.indices where desk.probe.areTwins(envious, envied) {
        let wanted = try utility(
          of: envious, inPlaceOf: envied, trial.types, trial.outcome, desk.probe, &desk.secondOutcome)
        desk.record(property, Breach(excess: wanted - trial.utilities[envious], scale: trial.scale)) {
          AuditCase(types: trial.types, participants: [envious, envied])
        }
      }
    }
  }

  private func utility(
    of envious: Int, inPlaceOf envied: Int, _ types: Profile, _ outcome: MechanismOutcome, _ probe: MechanismProbe,
    _ room: inout MechanismOutcome
  ) throws -> Double {
    for (own, other) in zip(types.range(of: envious), types.range(of: envied)) {
      room.coefficients.values[own] = outcome.coefficients.values[other]
    }
    room.payments[envious] = outcome.payments[envied]
    return try probe.utility(of: envious, true: types, room)
  }

  func breach(in found: AuditCase, _ probe: MechanismProbe) throws -> Breach {
    guard found.participants.count == 2 else { return .none }
    let (envious, envied) = (found.participants[0], found.participants[1])
    let outcome = try probe.outcome(of: found.types)
    var exchanged = outcome
    let wanted = try utility(of: envious, inPlaceOf: envied, found.types, outcome, probe, &exchanged)
    return Breach(
      excess: wanted - (try probe.utility(of: envious, true: found.types, outcome)),
      scale: probe.scale(found.types, outcome))
  }

  func sentence(_ found: AuditCase, excess: Double, _ probe: MechanismProbe) throws -> String {
    guard found.participants.count == 2 else { return "" }
    return "\(probe.who(found)) would have \(shown(excess)) more in the place of "
      + probe.participants[found.participants[1]].name
  }
}
