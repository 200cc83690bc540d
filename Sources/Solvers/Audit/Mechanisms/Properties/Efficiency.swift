/// The outcome has as much welfare as any feasible one has.
struct Efficiency: PropertyCheck {
  let property = MechanismProperty.efficiency

  func obstacle(_ probe: MechanismProbe) -> String? {
    let lowest = Profile(probe.participants.map { $0.space.types?.first ?? $0.space.fields.map(\.bounds.lowerBound) })
    do {
      return try probe.mechanism.optimalWelfare(lowest) == nil ? "nobody has said what the optimum is" : nil
    } catch {
      // What cannot be computed there may be computed elsewhere; trials tell.
      return nil
    }
  }

  func examine(_ trial: AuditTrial, _ desk: AuditDesk) throws {
    guard let optimum = try optimum(trial.types, desk.probe) else { return }
    let scale = max(trial.scale, abs(optimum))
    desk.record(property, Breach(excess: optimum - trial.welfare, scale: scale)) { AuditCase(types: trial.types) }
  }

  private func optimum(_ types: Profile, _ probe: MechanismProbe) throws -> Double? {
    do { return try probe.mechanism.optimalWelfare(types) } catch {
      throw MechanismFailure(reports: types, error)
    }
  }

  func breach(in found: AuditCase, _ probe: MechanismProbe) throws -> Breach {
    guard let optimum = try optimum(found.types, probe) else { return .none }
    let outcome = try probe.outcome(of: found.types)
    return Breach(
      excess: optimum - (try probe.welfare(found.types, outcome)),
      scale: max(probe.scale(found.types, outcome), abs(optimum)))
  }

  func sentence(_ found: AuditCase, excess: Double, _ probe: MechanismProbe) throws -> String {
    let welfare = try probe.welfare(found.types, try probe.outcome(of: found.types))
    return "the outcome is worth \(shown(welfare)) to all together, but \(shown(welfare + excess)) is possible"
  }
}
