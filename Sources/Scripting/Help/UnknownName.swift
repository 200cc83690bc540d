/// A statement that is nothing but the name of a global that there is not: legal Lua, and most often a slip.
enum UnknownName {
  /// What to say of it; nil for every other statement.
  static func note(on statement: String, _ machine: LuaMachine) -> String? {
    let name = statement.trimmingSpaces
    guard LuaName.isName(name), !["nil", "true", "false"].contains(name) else { return nil }
    let globals = Completer(machine: machine).globals
    guard !globals.contains(name) else { return nil }
    if ["exit", "quit"].contains(name) { return "Ctrl-D leaves, and so does os.exit()" }
    return "there is no '\(name)'" + Suggestion.clause(for: name, among: globals)
  }
}
