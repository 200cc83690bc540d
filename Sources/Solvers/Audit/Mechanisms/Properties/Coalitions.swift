import Tensor

/// No two gain together by lying together, when they may pay each other afterwards.
struct Coalitions: PropertyCheck {
  let property = MechanismProperty.coalitions

  func obstacle(_ probe: MechanismProbe) -> String? {
    probe.participants.count < 2 ? "there is nobody to conspire with" : nil
  }

  func examine(_ trial: AuditTrial, _ desk: AuditDesk) throws {
    let count = trial.utilities.count
    for _ in 0..<4 {
      let first = desk.random.integer(below: count)
      let second = (first + 1 + desk.random.integer(below: count - 1)) % count
      for index in trial.types.values.indices { desk.secondReports.values[index] = trial.types.values[index] }
      for liar in [first, second] { lie(liar, in: &desk.secondReports, desk.probe, &desk.random) }
      try desk.probe.settle(desk.secondReports, into: &desk.secondOutcome)
      var gain = 0.0
      for liar in [first, second] {
        gain += try desk.probe.utility(of: liar, true: trial.types, desk.secondOutcome) - trial.utilities[liar]
      }
      let scale = max(trial.scale, desk.probe.scale(desk.secondReports, desk.secondOutcome))
      desk.record(property, Breach(excess: gain, scale: scale)) {
        AuditCase(types: trial.types, reports: desk.secondReports, participants: [first, second])
      }
    }
  }

  /// A report from anywhere, from nearby, or at a bound; or the truth, for accomplices who only share.
  private func lie(_ liar: Int, in reports: inout Profile, _ probe: MechanismProbe, _ random: inout RandomStream) {
    let space = probe.participants[liar].space
    if let types = space.types {
      reports[liar] = types[random.integer(below: types.count)]
      return
    }
    let way = random.integer(below: 5)
    for (field, entry) in space.fields.enumerated() where entry.isPrivate {
      let (low, high) = (entry.bounds.lowerBound, entry.bounds.upperBound)
      let truth = reports[liar, field]
      let lie =
        switch way {
        case 0: low
        case 1: high
        case 2: truth
        case 3: truth + (high - low) * random.uniform(-0.2, 0.2)
        default: random.uniform(low, high)
        }
      reports[liar, field] = min(max(lie, low), high)
    }
  }

  func breach(in found: AuditCase, _ probe: MechanismProbe) throws -> Breach {
    guard let reports = found.reports else { return .none }
    let truthful = try probe.outcome(of: found.types)
    let lied = try probe.outcome(of: reports)
    var gain = 0.0
    for liar in found.participants {
      gain += try probe.utility(of: liar, true: found.types, lied)
      gain -= try probe.utility(of: liar, true: found.types, truthful)
    }
    return Breach(excess: gain, scale: max(probe.scale(found.types, truthful), probe.scale(reports, lied)))
  }

  func completed(_ found: AuditCase, _ probe: MechanismProbe) -> AuditCase {
    guard let lies = found.reports else { return found }
    var reports = found.types
    for liar in found.participants {
      for (field, entry) in probe.participants[liar].space.fields.enumerated() where entry.isPrivate {
        reports[liar, field] = lies[liar, field]
      }
    }
    return AuditCase(types: found.types, reports: reports, participants: found.participants)
  }

  func sentence(_ found: AuditCase, excess: Double, _ probe: MechanismProbe) throws -> String {
    guard let reports = found.reports else { return "" }
    let names = found.participants.map { probe.participants[$0].name }.joined(separator: " and ")
    let lies = found.participants.map { shown(reports[$0]) }.joined(separator: " and ")
    let truths = found.participants.map { shown(found.types[$0]) }.joined(separator: " and ")
    return "\(names) gain \(shown(excess)) together by reporting \(lies) instead of \(truths)"
  }
}
