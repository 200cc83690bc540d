import Solvers

/// An outcome of a mechanism as users see it.
enum OutcomeReport {
  static func result(_ mechanism: any Mechanism, _ reports: [[Double]]) throws -> ResultObject {
    let outcome = try mechanism.run(reports)
    let profile = Profile(reports)
    let facts = try mechanism.publicFacts(profile, outcome: outcome)
    let rows = outcome.coefficients.rows
    var fields: Record = [
      "allocation": MechanismText.values(outcome.coefficients), "payments": .numbers(outcome.payments),
      "surplus": .number(outcome.surplus), "reports": MechanismText.values(profile),
      "participants": .strings(mechanism.participants.map(\.name)), "mechanism": .string(mechanism.name),
    ]
    for fact in facts where fields[fact.name] == nil { fields[fact.name] = .number(fact.value) }
    let infeasibility = try mechanism.infeasibility(of: outcome, reports: profile)
    if let infeasibility { fields["infeasibility"] = .string(infeasibility) }
    return ResultObject(
      "outcome of \(mechanism.name)", fields: fields,
      tables: [
        TextTable(
          "",
          [
            .init("participant", .text(mechanism.participants.map(\.name))),
            .init("reports", .text(reports.map(MechanismText.report))),
            .init("gets", .text(rows.map(MechanismText.report))), .init("pays", .numbers(outcome.payments)),
          ])
      ],
      notes: ["the mechanism keeps \(NumberFormat.readable(outcome.surplus))"]
        + facts.map { "\($0.name): \(NumberFormat.readable($0.value))" }
        + (infeasibility.map { ["infeasible: \($0)"] } ?? []), payload: outcome)
  }
}
