import CLuaShim
import Tensor

/// Lua values as the prompt shows them: tables with sorted keys, on one line where they fit, cut where they are long.
/// Reads raw fields only, so that printing runs no user code but `__tostring`.
struct ValuePrinter {
  var width = 80
  var maximumItems = 60
  var maximumDepth = 6
  /// Whether long strings lose their middle.
  var cutsLongStrings = false

  /// The text of the value at `index`.
  func text(_ stack: LuaStack, _ index: Int32) -> String {
    var seen: [UnsafeRawPointer] = []
    return layout(stack, stack.absolute(index), indent: 0, depth: 0, seen: &seen)
  }

  /// As `tostring` gives it, but tables and functions by what they are instead of where they lie in memory: the same
  /// run must print the same bytes.
  func plainText(_ stack: LuaStack, _ index: Int32) -> String {
    switch stack.kind(at: index) {
    case .table, .function, .thread: text(stack, index)
    default: stack.description(at: index)
    }
  }

  private func layout(
    _ stack: LuaStack, _ index: Int32, indent: Int, depth: Int, seen: inout [UnsafeRawPointer]
  ) -> String {
    switch stack.kind(at: index) {
    case .number where lua_isinteger(stack.state, index) == 0:
      return NumberText.float(stack.number(at: index))
    case .string:
      let text = cutsLongStrings ? LongText.cut(stack.displayText(at: index)) : stack.displayText(at: index)
      return depth == 0 ? text : Self.quoted(text)
    case .function: return name(of: stack, index)
    case .table where !describesItself(stack, index):
      return table(stack, index, indent: indent, depth: depth, seen: &seen)
    case .thread: return "coroutine"
    default: return stack.description(at: index)
    }
  }

  private func table(
    _ stack: LuaStack, _ index: Int32, indent: Int, depth: Int, seen: inout [UnsafeRawPointer]
  ) -> String {
    guard let identity = lua_topointer(stack.state, index), lua_checkstack(stack.state, 8) != 0 else { return "{...}" }
    if seen.contains(identity) { return "{ (itself) }" }
    if depth >= maximumDepth { return "{...}" }
    seen.append(identity)
    defer { seen.removeLast() }

    let count = stack.length(at: index)
    var items: [String] = []
    for position in 1..<(min(count, maximumItems) + 1) {
      lua_rawgeti(stack.state, index, lua_Integer(position))
      items.append(layout(stack, stack.count, indent: indent + 2, depth: depth + 1, seen: &seen))
      stack.pop()
    }
    if count > maximumItems { items.append("... \(count - maximumItems) more") }

    var named: [(key: TableKey, text: String)] = []
    var left = 0
    for key in TableKey.sorted(stack, index, skippingListOf: count) {
      guard named.count < maximumItems else {
        left += 1
        continue
      }
      key.push(stack)
      lua_rawget(stack.state, index)
      named.append((key, layout(stack, stack.count, indent: indent + 2, depth: depth + 1, seen: &seen)))
      stack.pop()
    }
    items += named.map { "\($0.key.text) = \($0.text)" }
    if left > 0 { items.append("... \(left) more") }

    if items.isEmpty { return "{}" }
    let line = "{ " + items.joined(separator: ", ") + " }"
    if indent + line.count <= width, !line.contains("\n") { return line }
    let pad = String(repeating: " ", count: indent + 2)
    if named.isEmpty, items.allSatisfy({ $0.count <= 24 && !$0.contains("\n") }) {
      return "{\n" + filled(items, pad: pad) + "\n" + String(repeating: " ", count: indent) + "}"
    }
    return "{\n" + items.map { pad + $0 }.joined(separator: ",\n") + "\n" + String(repeating: " ", count: indent) + "}"
  }

  /// Short items side by side, as many to a line as fit.
  private func filled(_ items: [String], pad: String) -> String {
    var lines: [String] = []
    var line = pad
    for (index, item) in items.enumerated() {
      let word = item + (index + 1 < items.count ? ", " : "")
      if line.count + word.count > width, line.count > pad.count {
        lines.append(line)
        line = pad
      }
      line += word
    }
    return (lines + [line]).joined(separator: "\n")
  }

  private func describesItself(_ stack: LuaStack, _ index: Int32) -> Bool {
    luaL_getmetafield(stack.state, index, "__tostring") != LUA_TNIL
      ? {
        stack.pop(); return true
      }() : false
  }

  private func name(of stack: LuaStack, _ index: Int32) -> String {
    if let signature = stack.machine.function(at: index)?.signature { return "function \(signature.name)" }
    return "function"
  }

  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.value < 32 || scalar.value == 127: result += "\\x" + hex(scalar.value)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  private static func hex(_ value: UInt32) -> String {
    let digits = String(value, radix: 16)
    return digits.count < 2 ? "0" + digits : digits
  }
}

/// Floats of Lua, which keep their point: 3.0 is not 3.
enum NumberText {
  static func float(_ value: Double) -> String {
    let text = NumberFormat.shortest(value)
    return value.isFinite && !text.contains(where: { ".e".contains($0) }) ? text + ".0" : text
  }
}

/// The keys of a table in a fixed order: numbers, then strings by their bytes, then the rest by kind.
enum TableKey {
  case integer(Int)
  case number(Double)
  case string([UInt8])
  case other(LuaReference, String)

  /// The keys of the table at `index`, without 1...count.
  static func sorted(_ stack: LuaStack, _ index: Int32, skippingListOf count: Int) -> [TableKey] {
    var keys: [TableKey] = []
    stack.forEach(at: index) {
      if let key = onStack(stack, skippingListOf: count) { keys.append(key) }
    }
    return keys.sorted { $0.precedes($1) }
  }

  /// The same of tables that may have millions of keys.
  /// - Throws: `Cancelled`.
  static func sorted(
    _ stack: LuaStack, _ index: Int32, skippingListOf count: Int, cancellation: Cancellation
  ) throws -> [TableKey] {
    var keys: [TableKey] = []
    var number = 0
    try stack.forEach(at: index) {
      try cancellation.check(at: number)
      number &+= 1
      if let key = onStack(stack, skippingListOf: count) { keys.append(key) }
    }
    return keys.sorted { $0.precedes($1) }
  }

  /// The key below the value on top; nil if it is one of 1...count.
  private static func onStack(_ stack: LuaStack, skippingListOf count: Int) -> TableKey? {
    switch stack.kind(at: -2) {
    case .number:
      guard lua_isinteger(stack.state, -2) != 0 else { return .number(stack.number(at: -2)) }
      let key = stack.integer(at: -2)
      return key < 1 || key > count ? .integer(key) : nil
    case .string: return .string(stack.bytes(at: -2))
    case let kind:
      let text = kind == .boolean || kind == .userdata ? stack.description(at: -2) : kind.rawValue
      return .other(LuaReference(stack.machine, at: -2), text)
    }
  }

  private var rank: Int {
    switch self {
    case .integer, .number: 0
    case .string: 1
    case .other: 2
    }
  }

  private var numeric: Double {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: 0
    }
  }

  private func precedes(_ other: TableKey) -> Bool {
    switch (self, other) {
    case (.string(let a), .string(let b)): a.lexicographicallyPrecedes(b)
    case (.other(_, let a), .other(_, let b)): a < b
    default: rank != other.rank ? rank < other.rank : numeric < other.numeric
    }
  }

  func push(_ stack: LuaStack) {
    switch self {
    case .integer(let value): lua_pushinteger(stack.state, lua_Integer(value))
    case .number(let value): lua_pushnumber(stack.state, value)
    case .string(let bytes): stack.push(.bytes(bytes))
    case .other(let reference, _): reference.push()
    }
  }

  /// As it stands before the equals sign.
  var text: String {
    switch self {
    case .integer(let value): return "[\(value)]"
    case .number(let value): return "[\(NumberText.float(value))]"
    case .other(_, let text): return "[\(text)]"
    case .string(let bytes):
      let name = String(decoding: bytes, as: UTF8.self)
      return LuaName.isName(name) ? name : "[\(ValuePrinter.quoted(name))]"
    }
  }
}
