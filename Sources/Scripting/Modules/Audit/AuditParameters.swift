import Solvers
import Tensor

/// The options of an audit.
enum AuditParameters {
  static var properties: Parameter<[String]?> {
    let words = "a list of strings, or one string"
    return Parameter<[String]>(
      name: "properties", summary: "what to look at, in this order; \"all\" for everything", typeName: words, unit: nil,
      domain: nil, fallback: nil, fallbackText: nil, choices: []
    ) { stack, index in
      if let name = stack.text(at: index) { return [name] }
      return try ListReader.elements(stack, index, expected: words) { stack.text(at: $0) }
    }.optional("all but honest_measures, false_names and coalitions")
  }
  static let trials = Parameter<Int>.integer(
    "trials", "profiles of true types; where there are few of them, all are gone through", default: 5000,
    domain: .between(1, 1e9))
  static let seconds = Parameter<Double>.number(
    "seconds", "instead of trials: so long, which makes the number of trials depend on the clock",
    domain: .between(0.001, 1e6)
  ).optional("as long as the trials take")
  static let effort = Parameter<Int>.integer(
    "effort", "how many times as many lies to try in every trial", default: 1, domain: .between(1, 1000))
  static let tolerance = Parameter<Double>.number(
    "tolerance", "what is forgiven, relative to the numbers compared", default: 1e-9, domain: .between(0, 1))
  static let onFailure = Parameter<AuditOptions.FailurePolicy>.choice(
    "on_failure", "what to do where the mechanism gives no outcome: count and go on, or stop", default: .goOn)
  static let seed = Parameter<Int>.integer("seed", "of what is drawn").optional("the session's")
  static var prior: Parameter<LuaValue> {
    .value(
      "prior", "how true types are distributed", PriorReader.words, default: LuaValue.none, defaultText: "\"uniform\"")
  }

  static func options(
    _ arguments: Arguments, _ participants: [Participant], _ context: RunContext
  ) throws -> AuditOptions {
    AuditOptions(
      properties: try arguments[properties].map(named) ?? MechanismProperty.standard,
      prior: try PriorReader.prior(arguments[prior], participants),
      budget: arguments[seconds].map { .seconds($0) } ?? .trials(arguments[trials]),
      seed: arguments[seed].map { UInt64(bitPattern: Int64($0)) } ?? context.seed, threads: context.threads,
      tolerance: arguments[tolerance], onFailure: arguments[onFailure], effort: arguments[effort])
  }

  private static func named(_ names: [String]) throws -> [MechanismProperty] {
    if names == ["all"] { return MechanismProperty.allCases }
    let properties = try names.map { name in
      guard let property = MechanismProperty(rawValue: name) else {
        let known = MechanismProperty.allCases.map(\.rawValue)
        let near = Suggestion.clause(for: name, among: known)
        throw ScriptError.invalidParameter(
          "there is no property '\(name.prefix(40))'\(near)", hint: known.joined(separator: ", "))
      }
      return property
    }
    guard Set(properties).count == properties.count, !properties.isEmpty else {
      throw ScriptError.invalidParameter("properties must be named once each, and at least one")
    }
    return properties
  }
}
