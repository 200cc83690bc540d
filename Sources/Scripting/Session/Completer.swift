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
    let cursor = min(max(0, cursor), text.utf8.count)
    let context = CursorContext(text.utf8.prefix(cursor))
    let top = lua_gettop(machine.state)
    defer { lua_settop(machine.state, top) }
    switch context.place {
    case .code: return name(before: cursor, in: context.code)
    case .string(let start): return choice(from: start, in: Array(text.utf8), context, cursor: cursor)
    case .comment, .longString: return Completion(start: cursor, candidates: [])
    }
  }

  /// The name that ends at the cursor.
  private func name(before cursor: Int, in code: [UInt8]) -> Completion {
    var start = cursor
    while start > 0, LuaName.isPartOfPath(code[start - 1]) { start -= 1 }
    let word = String(decoding: code[start...], as: UTF8.self)
    if let separator = word.lastIndex(where: { $0 == "." || $0 == ":" }) {
      let prefix = String(word[word.index(after: separator)...])
      let members = members(of: String(word[..<separator]), methodsOnly: word[separator] == ":")
      return completion(from: cursor - prefix.utf8.count, of: members, prefix: prefix)
    }
    guard let call = OpenCall(code[..<start]), let signature = signature(of: call.function) else {
      let keywords = Self.keywords.map { Candidate(name: $0, note: nil) }
      return completion(from: start, of: noted(globals) + keywords, prefix: word)
    }
    let candidates =
      call.atValue
      ? choices(of: call.option, in: signature).map { Candidate(name: "\"\($0)\"", note: nil) } + noted(globals)
      : signature.parameters.filter { !call.given.contains($0.name) }
        .map { Candidate(name: $0.name, note: "\($0.summary) (\($0.typeName))") }
    return completion(from: start, of: candidates, prefix: word)
  }

  /// The words that an option takes, inside the quotes that begin at `start`.
  private func choice(from start: Int, in text: [UInt8], _ context: CursorContext, cursor: Int) -> Completion {
    guard let call = OpenCall(context.code[..<start]), call.atValue, let signature = signature(of: call.function) else {
      return Completion(start: cursor, candidates: [])
    }
    let quote = String(decoding: text[start...start], as: UTF8.self)
    // An editor may have set the closing quote already.
    let closing = cursor < text.count && text[cursor] == text[start] ? "" : quote
    let words = choices(of: call.option, in: signature).map { Candidate(name: quote + $0 + closing, note: nil) }
    return completion(from: start, of: words, prefix: String(decoding: text[start..<cursor], as: UTF8.self))
  }

  private func completion(from start: Int, of candidates: [Candidate], prefix: String) -> Completion {
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

  private func choices(of option: String, in signature: Signature) -> [String] {
    signature.parameters.first { $0.name == option }?.choices ?? []
  }
}
