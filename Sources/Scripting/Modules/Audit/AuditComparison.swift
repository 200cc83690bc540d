import Solvers

/// `audit.compare`: several mechanisms, one table.
enum AuditComparison {
  static func function(_ context: RunContext, parameters: [any AnyParameter]) -> Function {
    let mechanisms = Parameter<[MechanismObject]>(
      name: "mechanisms", summary: "what to compare", typeName: "a list of mechanisms", unit: nil, domain: nil,
      fallback: nil, fallbackText: nil, choices: []
    ) { stack, index in
      let list = try ListReader.elements(stack, index, expected: "a list of mechanisms") {
        stack.object(at: $0) as? MechanismObject
      }
      guard !list.isEmpty else { throw Mismatch("at least one mechanism", stack, index) }
      return list
    }
    return Function(
      Signature(
        "audit.compare", "Audits several mechanisms in the same way, and puts the verdicts side by side.",
        [mechanisms] + parameters, list: "mechanisms",
        result: "a result with names, reports and, by property, a list of verdicts", errors: MechanismMethods.errors,
        source: "docs/audit.md", example: "audit.compare{ first, second, trials = 200 }")
    ) { arguments in
      let reports = try arguments[mechanisms].map {
        try AuditFunctions.audit($0.mechanism, arguments, context)
      }
      return .object(result(reports))
    }
  }

  private static func result(_ reports: [AuditReport]) -> ResultObject {
    // Two rules of one name are told apart by their places.
    let names = reports.enumerated().map { place, report in
      let name = report.audit.mechanism
      return reports.count { $0.audit.mechanism == name } > 1 ? "\(name) (\(place + 1))" : name
    }
    let properties = reports.first?.audit.verdicts.map(\.property) ?? []
    func verdicts(_ property: MechanismProperty) -> [String] { reports.map { $0.audit[property]?.word ?? "" } }
    var fields: Record = [
      "names": .strings(names), "reports": .list(reports.map { .object($0) }),
      "revenue": .numbers(reports.map(\.audit.revenue.mean)),
    ]
    for property in properties { fields[property.rawValue] = .strings(verdicts(property)) }
    let columns = zip(names, reports).map { name, report in
      TextTable.Column(
        name,
        .text(
          properties.map { report.audit[$0]?.word ?? "" } + [NumberFormat.readable(report.meanRevenue)]))
    }
    return ResultObject(
      "\(reports.count) mechanisms audited", fields: fields,
      tables: [TextTable("", [.init("property", .text(properties.map(\.rawValue) + ["mean revenue"]))] + columns)])
  }
}
