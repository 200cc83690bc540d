import CLuaShim
import Solvers

/// Reports, or true types, as scripts give them: one for each participant in order, or lists by role.
enum ReportReader {
  static let words = "reports in the participants' order, or by role as in { buyers = { ... }, sellers = { ... } }"

  /// - Parameter option: what to call it in errors.
  static func rows(_ value: LuaValue, _ participants: [Participant], option: String) throws -> [[Double]] {
    guard case .reference(let reference) = value else {
      throw ScriptError.invalidParameter("option '\(option)' must be \(words)")
    }
    reference.push()
    defer { reference.stack.pop() }
    do {
      return try rows(reference.stack, reference.stack.count, participants)
    } catch let mismatch as Mismatch {
      throw ArgumentError(parameter: option, mismatch: mismatch)
    }
  }

  static func rows(_ stack: LuaStack, _ index: Int32, _ participants: [Participant]) throws -> [[Double]] {
    guard stack.kind(at: index) == .table else { throw Mismatch(words, stack, index) }
    let table = stack.absolute(index)
    if stack.length(at: table) > 0 || participants.isEmpty {
      let rows = try list(stack, table)
      guard rows.count == participants.count else {
        throw ScriptError.shapeMismatch("there are \(rows.count) reports for \(participants.count) participants")
      }
      return rows
    }
    return try byRole(stack, table, participants)
  }

  private static func list(_ stack: LuaStack, _ index: Int32) throws -> [[Double]] {
    try ListReader.elements(stack, index, expected: "a list of numbers or of lists of numbers") { element in
      switch stack.kind(at: element) {
      case .number: [stack.number(at: element)]
      case .table: try ListReader.numbers(stack, element, expected: "a list of numbers")
      default: nil
      }
    }
  }

  private static func byRole(_ stack: LuaStack, _ table: Int32, _ participants: [Participant]) throws -> [[Double]] {
    var found: [String: [[Double]]] = [:]
    let roles = Set(participants.map(\.role))
    try stack.forEach(at: table) {
      let key = stack.kind(at: -2) == .string ? stack.displayText(at: -2) : stack.description(at: -2)
      let role = roles.contains(key) ? key : key.hasSuffix("s") ? String(key.dropLast()) : key
      guard roles.contains(role) else {
        let names = roles.map { $0 + "s" }.sorted()
        let near = Suggestion.clause(for: key, among: names)
        throw ScriptError.invalidParameter(
          "there is nobody called '\(key)' in this mechanism\(near)", hint: names.joined(separator: ", "))
      }
      found[role] = try list(stack, stack.count)
    }
    return try participants.map { participant in
      let rows = found[participant.role] ?? []
      let expected = participants.count { $0.role == participant.role }
      guard rows.count == expected, participant.index < rows.count else {
        throw ScriptError.shapeMismatch("there are \(rows.count) reports of \(participant.role)s, not \(expected)")
      }
      return rows[participant.index]
    }
  }
}
