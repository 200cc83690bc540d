import CLuaShim

/// Answers what stands at the cursor: the help text of a function, module or type, or the value of a variable.
struct Inspector {
  let machine: LuaMachine
  let width: Int

  /// - Parameter cursor: a byte offset into `text`.
  func text(of text: String, cursor: Int) -> String? {
    let bytes = Array(text.utf8)
    let cursor = min(max(0, cursor), bytes.count)
    if let name = Inspector.name(around: cursor, in: bytes), let answer = answer(on: name) { return answer }
    // Inside the brackets of a call one wants to know about the function.
    return Inspector.openCall(before: cursor, in: CursorContext(bytes[..<cursor]).code).flatMap { answer(on: $0) }
  }

  /// The dotted name that the cursor touches.
  static func name(around cursor: Int, in bytes: [UInt8]) -> String? {
    var (start, end) = (cursor, cursor)
    while start > 0, LuaName.isPartOfPath(bytes[start - 1]) { start -= 1 }
    while end < bytes.count, LuaName.isPart(bytes[end]) { end += 1 }
    let name = String(decoding: bytes[start..<end], as: UTF8.self).trimmed { $0 == "." || $0 == ":" }
    guard let first = name.utf8.first, !LuaName.isDigit(first) else { return nil }
    return name
  }

  /// The name before the innermost bracket that is open at the cursor.
  static func openCall(before cursor: Int, in bytes: [UInt8]) -> String? {
    var depth = 0
    for place in (0..<cursor).reversed() {
      switch bytes[place] {
      case UInt8(ascii: ")"), UInt8(ascii: "}"): depth += 1
      case UInt8(ascii: "("), UInt8(ascii: "{"):
        depth -= 1
        guard depth < 0 else { continue }
        depth = 0
        var end = place
        while end > 0, bytes[end - 1] == 32 || bytes[end - 1] == UInt8(ascii: "(") { end -= 1 }
        if let name = name(around: end, in: Array(bytes[..<end])) { return name }
      default: break
      }
    }
    return nil
  }

  private func answer(on name: String) -> String? {
    let completer = Completer(machine: machine)
    let help = Help(machine: machine)
    if let signature = completer.signature(of: name) { return help.text(of: signature) }
    let top = lua_gettop(machine.state)
    defer { lua_settop(machine.state, top) }
    guard completer.push(path: name) else { return nil }
    let stack = machine.stack
    if let module = machine.modules.first(where: { $0.name == name }) { return help.text(of: module) }
    var printer = ValuePrinter()
    printer.width = width
    let value = printer.plainText(stack, -1)
    guard let object = stack.object(at: -1), let type = machine.type(named: Swift.type(of: object).typeName) else {
      return "\(name): \(stack.kind(at: -1).rawValue)\n\n\(value)"
    }
    return value + "\n\n" + help.text(of: type)
  }
}
