import CLuaShim

/// Finds the words that may stand at the cursor: globals, fields, methods, the options of a function inside its braces.
/// Looks with raw access only, so that completing runs no user code.
struct Completer {
  let machine: LuaMachine
  private static let keywords = [
    "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local", "nil",
    "not",
    "or", "repeat", "return", "then", "true", "until", "while",
  ]
  /// More would flood the terminal.
  private static let maximumCount = 100

  /// - Parameter cursor: a byte offset into `text`.
  func completion(of text: String, cursor: Int) -> Completion {
    let before = Array(text.utf8.prefix(max(0, cursor)))
    var start = before.count
    while start > 0, Self.isWordByte(before[start - 1]) { start -= 1 }
    let word = String(decoding: before[start...], as: UTF8.self)
    let top = lua_gettop(machine.state)
    defer { lua_settop(machine.state, top) }

    let candidates: [Candidate]
    let prefix: String
    if let separator = word.lastIndex(where: { $0 == "." || $0 == ":" }) {
      prefix = String(word[word.index(after: separator)...])
      candidates = members(of: String(word[..<separator]), methodsOnly: word[separator] == ":")
      start += word.utf8.count - prefix.utf8.count
    } else {
      prefix = word
      let call = OpenCall(before[..<start])
      if let call, let signature = signature(of: call.function) {
        candidates =
          call.atValue
          ? choices(of: call.option, in: signature) + noted(globals)
          : signature.parameters.filter { !call.given.contains($0.name) }
            .map { Candidate(name: $0.name, note: "\($0.summary) (\($0.typeName))") }
      } else {
        candidates = noted(globals) + Self.keywords.map { Candidate(name: $0, note: nil) }
      }
    }
    let matching = candidates.filter { $0.name.hasPrefix(prefix) && !($0.name.hasPrefix("_") && prefix.isEmpty) }
    let names = Set(matching.map(\.name)).sorted().prefix(Self.maximumCount)
    let notes = Dictionary(matching.compactMap { entry in entry.note.map { (entry.name, $0) } }) { first, _ in first }
    return Completion(start: start, candidates: Array(names), notes: notes)
  }

  /// A word that may stand at the cursor, and what it is, in a line.
  private struct Candidate {
    let name: String
    let note: String?
  }

  /// Globals with what their modules and words are about.
  private func noted(_ names: [String]) -> [Candidate] {
    let modules = Dictionary(machine.modules.map { ($0.name, $0.summary) }) { first, _ in first }
    let words = Dictionary(machine.words.map { ($0.signature.name, $0.signature.summary) }) { first, _ in first }
    return names.map { Candidate(name: $0, note: modules[$0] ?? words[$0]) }
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    byte == 95 || byte == 46 || byte == 58 || (48...57 ~= byte) || (65...90 ~= byte) || (97...122 ~= byte)
  }

  /// The names of all globals.
  var globals: [String] {
    lua_rawgeti(machine.state, flnft_registry_index(), lua_Integer(LUA_RIDX_GLOBALS))
    defer { machine.stack.pop() }
    return stringKeys(at: -1)
  }

  private func stringKeys(at index: Int32) -> [String] {
    var keys: [String] = []
    let stack = machine.stack
    stack.forEach(at: index) {
      if stack.kind(at: -2) == .string, let key = stack.text(at: -2) { keys.append(key) }
    }
    return keys
  }

  /// Pushes the value of a dotted path of globals; false when there is none.
  func push(path: String) -> Bool {
    let stack = machine.stack
    lua_rawgeti(machine.state, flnft_registry_index(), lua_Integer(LUA_RIDX_GLOBALS))
    for name in path.split(separator: ".", omittingEmptySubsequences: false) {
      if stack.kind(at: -1) == .table {
        guard stack.pushField(String(name), at: -1) else { return false }
      } else if let object = stack.object(at: -1), let type = machine.type(named: Swift.type(of: object).typeName) {
        // Fields are computed by Swift, without running Lua.
        if let value = type.dynamicFields?(object)[String(name)] {
          stack.push(value)
        } else if let field = type.fields.first(where: { $0.name == name }), let value = try? field.read(object) {
          stack.push(value)
        } else {
          return false
        }
      } else {
        return false
      }
    }
    return true
  }

  private func members(of path: String, methodsOnly: Bool) -> [Candidate] {
    guard push(path: path) else { return [] }
    let stack = machine.stack
    if let object = stack.object(at: -1), let type = machine.type(named: Swift.type(of: object).typeName) {
      let methods = type.methods.map { Candidate(name: $0.signature.shortName, note: $0.signature.summary) }
      if methodsOnly { return methods + [Candidate(name: ObjectType.listing, note: "What a \(type.name) offers.")] }
      let fields = Dictionary(type.fields.map { ($0.name, $0.summary) }) { first, _ in first }
      return methods + type.memberNames(of: object).map { Candidate(name: $0, note: fields[$0]) }
    }
    switch stack.kind(at: -1) {
    case .table: return functions(ofTable: -1)
    case .string:
      guard methodsOnly, push(path: "string") else { return [] }
      return functions(ofTable: -1)
    default: return []
    }
  }

  /// The names in a table, with the summaries of functions that are ours.
  private func functions(ofTable index: Int32) -> [Candidate] {
    var candidates: [Candidate] = []
    let stack = machine.stack
    stack.forEach(at: index) {
      guard stack.kind(at: -2) == .string, let key = stack.text(at: -2) else { return }
      candidates.append(Candidate(name: key, note: machine.function(at: -1)?.signature?.summary))
    }
    return candidates
  }

  /// The declaration of the function or method that a path names.
  func signature(of path: String) -> Signature? {
    if let colon = path.lastIndex(of: ":") {
      guard push(path: String(path[..<colon])), let object = machine.stack.object(at: -1) else { return nil }
      let method = path[path.index(after: colon)...]
      return machine.type(named: Swift.type(of: object).typeName)?.methods
        .first { $0.signature.shortName == method }?.signature
    }
    guard push(path: path) else { return nil }
    return machine.function(at: -1)?.signature
  }

  private func choices(of option: String, in signature: Signature) -> [Candidate] {
    guard let parameter = signature.parameters.first(where: { $0.name == option }) else { return [] }
    return parameter.choices.map { Candidate(name: "\"\($0)\"", note: nil) }
  }
}

/// The call whose braces are open where the text ends: `fl.federation{ clients = 3, `.
private struct OpenCall {
  let function: String
  /// The options already given.
  let given: Set<String>
  /// The option whose value the cursor stands at.
  let option: String
  let atValue: Bool

  init?(_ text: ArraySlice<UInt8>) {
    var depth = 0
    var index = text.endIndex
    var brace: Int?
    while index > text.startIndex {
      index -= 1
      switch text[index] {
      case UInt8(ascii: "}"), UInt8(ascii: ")"): depth += 1
      case UInt8(ascii: "("):
        depth -= 1
        if depth < 0 { return nil }
      case UInt8(ascii: "{"):
        depth -= 1
        if depth < 0 { brace = index }
      default: break
      }
      if brace != nil { break }
    }
    guard let brace else { return nil }
    var end = brace
    while end > text.startIndex, text[end - 1] == 32 || text[end - 1] == UInt8(ascii: "(") { end -= 1 }
    var start = end
    while start > text.startIndex, Self.isPathByte(text[start - 1]) { start -= 1 }
    guard start < end else { return nil }
    function = String(decoding: text[start..<end], as: UTF8.self)

    let inside = String(decoding: text[(brace + 1)...], as: UTF8.self)
    let parts = Self.topLevelParts(inside)
    given = Set(parts.compactMap { $0.contains("=") ? Self.name($0) : nil })
    let last = parts.last ?? ""
    atValue = last.contains("=")
    option = Self.name(last)
  }

  private static func isPathByte(_ byte: UInt8) -> Bool {
    byte == 95 || byte == 46 || byte == 58 || (48...57 ~= byte) || (65...90 ~= byte) || (97...122 ~= byte)
  }

  private static func name(_ part: String) -> String {
    String(part.prefix { $0 != "=" }).trimmingSpaces
  }

  /// The comma-separated parts outside inner brackets.
  private static func topLevelParts(_ text: String) -> [String] {
    var parts = [""]
    var depth = 0
    for character in text {
      if "({[".contains(character) { depth += 1 }
      if ")}]".contains(character) { depth -= 1 }
      if depth == 0, character == "," || character == ";" {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    return parts
  }
}
