/// No lie pays, whatever the others report: everybody's lies are looked for in every trial.
struct IncentiveCompatibility: PropertyCheck {
  /// Whether the numbers that are lied about are the private ones, or those that others take for measured.
  let subject: DeviationAttempt.Subject
  var effort = 1

  var property: MechanismProperty { subject == .measures ? .honestMeasures : .incentiveCompatibility }

  /// With more participants than this, some of them lie in each trial, others in the next.
  private static let liarsPerTrial = 6

  func obstacle(_ probe: MechanismProbe) -> String? {
    let wantsPrivate = subject == .privateNumbers
    let isThere = probe.participants.contains { $0.space.fields.contains { $0.isPrivate == wantsPrivate } }
    return isThere ? nil : wantsPrivate ? "nobody has a private number" : "all numbers are private: ic looks at them"
  }

  func examine(_ trial: AuditTrial, _ desk: AuditDesk) throws {
    let count = trial.utilities.count
    let liars = desk.isExhaustive ? count : min(count, Self.liarsPerTrial)
    let first = liars < count ? desk.random.integer(below: count) : 0
    for turn in 0..<liars {
      let attempt = desk.attempt
      guard attempt.begin(trial, participant: (first + turn) % count, about: subject) else { continue }
      do {
        try DeviationGenerators.explore(attempt, effort: effort, &desk.random)
      } catch let failure as MechanismFailure {
        desk.note(failure, trial: trial.index)
      }
      desk.record(property, attempt.breach) { attempt.found }
    }
  }

  func breach(in found: AuditCase, _ probe: MechanismProbe) throws -> Breach {
    guard let liar = found.participants.first, let reports = found.reports else { return .none }
    let truthful = try probe.outcome(of: found.types)
    let lied = try probe.outcome(of: reports)
    let gain =
      try probe.utility(of: liar, true: found.types, lied) - probe.utility(of: liar, true: found.types, truthful)
    return Breach(
      excess: gain,
      scale: max(probe.scale(found.types, truthful), probe.scale(found.types, lied), probe.scale(reports, lied)))
  }

  /// Everybody but the liar reports the truth, and the liar too what it does not lie about.
  func completed(_ found: AuditCase, _ probe: MechanismProbe) -> AuditCase {
    guard let liar = found.participants.first, let lie = found.reports?[liar] else { return found }
    var reports = found.types
    for (field, entry) in probe.participants[liar].space.fields.enumerated()
    where entry.isPrivate == (subject == .privateNumbers) { reports[liar, field] = lie[field] }
    return AuditCase(types: found.types, reports: reports, participants: found.participants)
  }

  func sentence(_ found: AuditCase, excess: Double, _ probe: MechanismProbe) throws -> String {
    guard let liar = found.participants.first, let reports = found.reports else { return "" }
    return "\(probe.who(found)) gains \(shown(excess)) by reporting \(shown(reports[liar])) "
      + "instead of \(shown(found.types[liar]))"
  }
}
