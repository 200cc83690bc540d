import Tensor

/// A mechanism that can be had with one participant more.
public protocol ExtensibleMechanism: Mechanism {
  /// The same rule for one more participant of a role, who comes after all others of it; nil where that has no meaning.
  func withOneMore(of role: String) throws -> (any Mechanism)?

  /// Whether all of a role use the same good, such as a public project: to whoever has it under one name, it is worth
  /// nothing more under another.
  var isNonRival: Bool { get }
}

extension ExtensibleMechanism {
  public var isNonRival: Bool { false }
}

/// Nobody gains by taking part under a second name as well, both names serving the same person.
struct FalseNames: PropertyCheck {
  let property = MechanismProperty.falseNames

  func obstacle(_ probe: MechanismProbe) -> String? {
    let middle = Profile(
      probe.participants.map { participant in
        participant.space.types?.first
          ?? participant.space.fields.map { $0.bounds.lowerBound / 2 + $0.bounds.upperBound / 2 }
      })
    var reason = "the mechanism cannot be had with one more participant"
    for (index, participant) in probe.participants.enumerated() {
      do {
        guard let extended = try Extended(probe, role: participant.role) else { continue }
        _ = try extended.probe.outcome(of: extended.profile(middle, newcomer: middle[index]))
        return nil
      } catch let failure as MechanismFailure {
        reason = "with one more \(participant.role), \(failure.reason)"
      } catch {
        reason = "with one more \(participant.role) there is no mechanism"
      }
    }
    return reason
  }

  /// A mechanism with the false name in it.
  private struct Extended {
    let probe: MechanismProbe
    let newcomer: Int
    private let isNonRival: Bool

    init?(_ probe: MechanismProbe, role: String) throws {
      guard let extensible = probe.mechanism as? any ExtensibleMechanism,
        let mechanism = try extensible.withOneMore(of: role)
      else { return nil }
      isNonRival = extensible.isNonRival
      self.probe = MechanismProbe(mechanism, tolerance: probe.tolerance)
      guard let last = self.probe.participants.lastIndex(where: { $0.role == role }) else { return nil }
      newcomer = last
    }

    func profile(_ types: Profile, newcomer report: [Double]) -> Profile {
      var rows = types.rows
      rows.insert(report, at: newcomer)
      return Profile(rows)
    }

    /// What the person has under both names, by its one true type.
    func utility(of person: Int, type: [Double], _ reports: Profile) throws -> Double {
      let outcome = try probe.outcome(of: reports)
      let first = person < newcomer ? person : person + 1
      var utility = -outcome.payments[first] - outcome.payments[newcomer]
      for (field, value) in type.enumerated() {
        let (one, other) = (outcome.coefficients[first, field], outcome.coefficients[newcomer, field])
        utility += value * (isNonRival ? one : one + other)
      }
      return utility
    }
  }

  func examine(_ trial: AuditTrial, _ desk: AuditDesk) throws {
    let person = desk.random.integer(below: trial.utilities.count)
    let participant = desk.probe.participants[person]
    guard let extended = try Extended(desk.probe, role: participant.role) else { return }
    for _ in 0..<4 {
      var own = trial.types[person]
      if desk.random.integer(below: 2) == 0 { own = report(participant.space, near: own, &desk.random) }
      let other = report(participant.space, near: own, &desk.random)
      var types = trial.types
      types[person] = own
      let reports = extended.profile(types, newcomer: other)
      let gain = try extended.utility(of: person, type: trial.types[person], reports) - trial.utilities[person]
      desk.record(property, Breach(excess: gain, scale: max(trial.scale, abs(gain)))) {
        AuditCase(types: trial.types, reports: reports, participants: [person, extended.newcomer])
      }
    }
  }

  private func report(_ space: ReportSpace, near type: [Double], _ random: inout RandomStream) -> [Double] {
    if let types = space.types { return types[random.integer(below: types.count)] }
    return zip(space.fields, type).map { field, value in
      guard field.isPrivate else { return value }
      // Half of the time a part of the whole, as those do who split what they offer or want.
      return random.integer(below: 2) == 0
        ? min(max(value * random.uniform(), field.bounds.lowerBound), field.bounds.upperBound)
        : random.uniform(field.bounds.lowerBound, field.bounds.upperBound)
    }
  }

  func breach(in found: AuditCase, _ probe: MechanismProbe) throws -> Breach {
    guard let person = found.participants.first, let reports = found.reports,
      let extended = try Extended(probe, role: probe.participants[person].role)
    else { return .none }
    let truthful = try probe.outcome(of: found.types)
    let gain =
      try extended.utility(of: person, type: found.types[person], reports)
      - probe.utility(of: person, true: found.types, truthful)
    return Breach(excess: gain, scale: max(probe.scale(found.types, truthful), abs(gain)))
  }

  /// All others tell the truth; the person's two reports stay.
  func completed(_ found: AuditCase, _ probe: MechanismProbe) -> AuditCase {
    guard found.participants.count == 2, let lies = found.reports else { return found }
    let (person, newcomer) = (found.participants[0], found.participants[1])
    var rows = found.types.rows
    var (own, other) = (lies[person < newcomer ? person : person + 1], lies[newcomer])
    for (field, entry) in probe.participants[person].space.fields.enumerated() where !entry.isPrivate {
      own[field] = found.types[person, field]
      other[field] = found.types[person, field]
    }
    rows[person] = own
    rows.insert(other, at: newcomer)
    return AuditCase(types: found.types, reports: Profile(rows), participants: found.participants)
  }

  func sentence(_ found: AuditCase, excess: Double, _ probe: MechanismProbe) throws -> String {
    guard found.participants.count == 2, let reports = found.reports else { return "" }
    let (person, newcomer) = (found.participants[0], found.participants[1])
    let own = reports[person < newcomer ? person : person + 1]
    return "\(probe.who(found)), whose type is \(shown(found.types[person])), gains \(shown(excess)) "
      + "by taking part twice, with \(shown(own)) and \(shown(reports[newcomer]))"
  }
}
