import Core

/// The table of defaults that a script gives to `scenario.parameters`.
struct ParameterDeclaration {
  let defaults: [String: JSON]

  init(_ stack: LuaStack) throws {
    guard stack.count == 1, stack.kind(at: 1) == .table, stack.length(at: 1) == 0,
      case .object(let members) = try JSONText.json(stack, 1)
    else {
      throw ScriptError.invalidParameter(
        "parameters are given by name with their defaults, as in { clients = 10, rate = 0.1 }")
    }
    if members["seed"] != nil {
      throw ScriptError.invalidParameter(
        "'seed' is the run's own seed and no parameter", hint: "read it with seed(); --set seed=7 sets it")
    }
    for (name, value) in members.sorted(by: { $0.key < $1.key }) {
      guard name.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_]*/) != nil else {
        throw ScriptError.invalidParameter("'\(name)' is no name for a parameter: letters, digits and '_'")
      }
      try Self.check(name, value)
    }
    defaults = members
  }

  private static func check(_ name: String, _ value: JSON) throws {
    switch value {
    case .integer, .number, .bool, .string: return
    case .array(let elements):
      let isPlain = elements.allSatisfy {
        switch $0 {
        case .integer, .number, .string: true
        default: false
        }
      }
      if isPlain { return }
    case .null, .object: break
    }
    throw ScriptError.invalidParameter(
      "the default of '\(name)' must be a number, a boolean, a string or a list of numbers or strings")
  }

  /// - Throws: where the command line sets what no parameter of this run is called.
  func check(_ record: RunRecord) throws {
    let known = defaults.keys.sorted() + record.parameters.keys.sorted()
    for name in record.settings.keys.sorted() where !known.contains(name) {
      let near = Suggestion.clause(for: name, among: known)
      throw ScriptError.invalidParameter(
        "--set \(name): this script has no parameter '\(name)'\(near)",
        hint: known.isEmpty ? "it declares none" : "it has: " + known.joined(separator: ", "))
    }
  }

  /// The defaults, those that the command line sets replaced.
  func values(_ settings: [String: String]) throws -> [String: JSON] {
    var values = defaults
    for (name, fallback) in defaults {
      guard let text = settings[name] else { continue }
      guard let value = ParameterText(text: text).value(like: fallback) else {
        throw ScriptError.invalidParameter(
          "--set \(name)=\(text): '\(name)' must be \(ParameterText.kind(of: fallback))")
      }
      values[name] = value
    }
    return values
  }
}
