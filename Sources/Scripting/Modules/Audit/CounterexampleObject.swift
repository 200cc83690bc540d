import Solvers

/// A counterexample that scripts hold, and can run again.
final class CounterexampleObject: ScriptObject {
  static let typeName = "counterexample"
  let counterexample: Counterexample
  let auditor: MechanismAuditor

  init(_ counterexample: Counterexample, auditor: MechanismAuditor) {
    self.counterexample = counterexample
    self.auditor = auditor
  }

  private var found: AuditCase { counterexample.found }

  var sheet: ResultSheet {
    guard counterexample.expectation == nil else { return ResultSheet(title: counterexample.sentence) }
    let participants = auditor.mechanism.participants
    var columns: [TextTable.Column] = [
      .init("participant", .text(participants.map(\.name))),
      .init("type", .text(found.types.rows.map(MechanismText.report))),
      .init("gets", .text(counterexample.before.coefficients.rows.map(MechanismText.report))),
      .init("pays", .numbers(counterexample.before.payments)),
    ]
    if let after = counterexample.after, let reports = found.reports {
      columns += [
        .init("reports", .text(reports.rows.map(MechanismText.report))),
        .init("gets then", .text(after.coefficients.rows.map(MechanismText.report))),
        .init("pays then", .numbers(after.payments)),
      ]
    }
    return ResultSheet(title: counterexample.sentence, tables: [TextTable("", columns)])
  }

  var fields: Record {
    var fields: Record = [
      "property": .string(counterexample.property.rawValue), "sentence": .string(counterexample.sentence),
      "excess": .number(counterexample.excess), "participants": .strings(counterexample.names),
      "types": MechanismText.values(found.types),
    ]
    if let reports = found.reports { fields["reports"] = MechanismText.values(reports) }
    if let expectation = counterexample.expectation {
      fields["truthful"] = .number(expectation.truthful)
      fields["lying"] = .optional(expectation.lying)
      fields["draws"] = expectation.draws.map { .integer($0) }
      return fields
    }
    fields["before"] = Self.outcome(counterexample.before)
    fields["after"] = counterexample.after.map(Self.outcome)
    return fields
  }

  private static func outcome(_ outcome: MechanismOutcome) -> LuaValue {
    .record(["allocation": MechanismText.values(outcome.coefficients), "payments": .numbers(outcome.payments)])
  }
}
