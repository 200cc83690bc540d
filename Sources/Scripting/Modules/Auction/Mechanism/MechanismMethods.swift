import Solvers
import Tensor

/// What a mechanism offers to scripts.
enum MechanismMethods {
  static func type(_ context: RunContext) -> ObjectType {
    ObjectType(
      MechanismObject.self, "a rule that maps reports to who gets what and who pays what",
      methods: [run, utilities, AuditFunctions.method(context)],
      fields: [
        TypedField("name", "what it is called") { .string($0.mechanism.name) },
        TypedField("participants", "their names, in the order of reports") {
          .strings($0.mechanism.participants.map(\.name))
        },
      ], length: { $0.mechanism.participants.count }, describe: { $0.text })
  }

  static let errors =
    MechanismFunction.errors + [
      "Interrupted", "NotStochastic", "UndefinedRatio", "NoCompetition", "Infeasible", "MechanismFailure",
      "OutOfMemory",
    ]

  private static var run: Function {
    let reports = Parameter<LuaValue>.any("reports", ReportReader.words)
    return .method(
      Signature(
        "mechanism:run", "What the mechanism decides on reports.", [reports],
        result: "a result with allocation, payments, surplus and what is published; costs count with a minus sign",
        errors: errors, example: "second:run{ 0.3, 0.9, 0.5 }.payments[2]")
    ) { (object: MechanismObject, arguments) in
      let mechanism = object.mechanism
      let rows = try ReportReader.rows(arguments[reports], mechanism.participants, option: "reports")
      return .object(try OutcomeReport.result(mechanism, rows))
    }
  }

  private static var utilities: Function {
    let values = Parameter<LuaValue>.value("values", "everybody's true type", ReportReader.words)
    let reports = Parameter<LuaValue>.value(
      "reports", "what they report instead", ReportReader.words, default: LuaValue.none, defaultText: "the truth")
    return .method(
      Signature(
        "mechanism:utilities", "What everybody has, by its true type, when something else or the truth is reported.",
        [values, reports], list: "values", result: "a list, one number per participant", errors: errors,
        example: "second:utilities{ values = { 0.3, 0.9, 0.5 }, reports = { 0.3, 0.4, 0.5 } }")
    ) { (object: MechanismObject, arguments) in
      let mechanism = object.mechanism
      let rows = try ReportReader.rows(arguments[values], mechanism.participants, option: "values")
      let types = try Profile(rows, within: mechanism.participants)
      var reported = rows
      if case .none = arguments[reports] {
      } else {
        reported = try ReportReader.rows(arguments[reports], mechanism.participants, option: "reports")
      }
      let outcome = try mechanism.run(reported)
      return .numbers(
        try mechanism.participants.indices.map { try mechanism.utility(of: $0, true: types, outcome: outcome) })
    }
  }
}
