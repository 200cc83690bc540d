/// When two of one role exchange their reports, they exchange what they get, and nobody else notices.
///
/// Utilities are compared, by the reports taken for true. Where two of a role report the same, every rule that gives
/// one thing to one of them must choose by name: such profiles are passed over.
struct Anonymity: PropertyCheck {
  let property = MechanismProperty.anonymity

  func obstacle(_ probe: MechanismProbe) -> String? {
    probe.hasTwins ? nil : "no two participants have the same role"
  }

  func examine(_ trial: AuditTrial, _ desk: AuditDesk) throws {
    guard !hasTies(trial.types, desk.probe) else { return }
    let count = trial.utilities.count
    if desk.isExhaustive {
      for first in 0..<count { for second in 0..<first { try examine(first, second, trial, desk) } }
    } else {
      let first = desk.random.integer(below: count)
      try examine(first, (first + 1 + desk.random.integer(below: max(1, count - 1))) % count, trial, desk)
    }
  }

  private func examine(_ first: Int, _ second: Int, _ trial: AuditTrial, _ desk: AuditDesk) throws {
    let probe = desk.probe
    guard probe.areTwins(first, second) else { return }
    exchange(first, second, of: trial.types, into: &desk.secondReports)
    try probe.settle(desk.secondReports, into: &desk.secondOutcome)
    let worst = try difference(
      first, second, desk.secondReports, desk.secondOutcome, probe, before: { trial.utilities[$0] })
    desk.record(property, Breach(excess: worst, scale: max(trial.scale, probe.scale(trial.types, desk.secondOutcome))))
    {
      AuditCase(types: trial.types, reports: desk.secondReports, participants: [first, second])
    }
  }

  private func exchange(_ first: Int, _ second: Int, of types: Profile, into reports: inout Profile) {
    for index in types.values.indices { reports.values[index] = types.values[index] }
    for (a, b) in zip(types.range(of: first), types.range(of: second)) {
      reports.values[a] = types.values[b]
      reports.values[b] = types.values[a]
    }
  }

  /// The largest difference between what somebody has now and what it should have.
  private func difference(
    _ first: Int, _ second: Int, _ reports: Profile, _ outcome: MechanismOutcome, _ probe: MechanismProbe,
    before: (Int) throws -> Double
  ) throws -> Double {
    var worst = 0.0
    for participant in probe.participants.indices {
      let now = try probe.utility(of: participant, true: reports, outcome)
      let twin = participant == first ? second : participant == second ? first : participant
      worst = max(worst, abs(now - (try before(twin))))
    }
    return worst
  }

  private func hasTies(_ types: Profile, _ probe: MechanismProbe) -> Bool {
    // Many are told apart by sorting them into a set, few by looking at every pair.
    guard types.count <= 16 else {
      var seen = Set<[Double]>()
      return !(0..<types.count).allSatisfy { seen.insert([Double(probe.twinClass[$0])] + types[$0]).inserted }
    }
    for first in 0..<types.count {
      for second in 0..<first where probe.areTwins(first, second) {
        var same = true
        for (a, b) in zip(types.range(of: first), types.range(of: second))
        where types.values[a] != types.values[b] { same = false }
        if same { return true }
      }
    }
    return false
  }

  func breach(in found: AuditCase, _ probe: MechanismProbe) throws -> Breach {
    guard found.participants.count == 2, let reports = found.reports, !hasTies(found.types, probe) else { return .none }
    let before = try probe.outcome(of: found.types)
    let after = try probe.outcome(of: reports)
    let worst = try difference(found.participants[0], found.participants[1], reports, after, probe) {
      try probe.utility(of: $0, true: found.types, before)
    }
    return Breach(excess: worst, scale: max(probe.scale(found.types, before), probe.scale(reports, after)))
  }

  func completed(_ found: AuditCase, _ probe: MechanismProbe) -> AuditCase {
    guard found.participants.count == 2 else { return found }
    var reports = found.types
    exchange(found.participants[0], found.participants[1], of: found.types, into: &reports)
    return AuditCase(types: found.types, reports: reports, participants: found.participants)
  }

  func sentence(_ found: AuditCase, excess: Double, _ probe: MechanismProbe) throws -> String {
    guard found.participants.count == 2 else { return "" }
    let names = found.participants.map { probe.participants[$0].name }.joined(separator: " and ")
    return "when \(names) exchange their reports, somebody's utility changes by \(shown(excess))"
  }
}
