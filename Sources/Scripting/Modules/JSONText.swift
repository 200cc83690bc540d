import CLuaShim
import Core

/// Values of Lua as JSON.
enum JSONText {
  /// A value that stands in a result.
  static func json(_ value: LuaValue) -> JSON {
    switch value {
    case .none: .null
    case .boolean(let value): .bool(value)
    case .integer(let value): .integer(Int64(value))
    case .number(let value): number(value)
    case .string(let text): .string(text)
    case .bytes(let bytes): .string(String(decoding: bytes, as: UTF8.self))
    case .numbers(let values): .array(values.map(number))
    case .integers(let values): .array(values.map { .integer(Int64($0)) })
    case .matrix(let matrix): .array((0..<matrix.rows).map { .array(matrix.row($0).map(number)) })
    case .list(let values): .array(values.map(json))
    case .record(let record):
      .object(Dictionary(record.fields.map { ($0.name, json($0.value)) }, uniquingKeysWith: { $1 }))
    case .table(let list, let record): record.fields.isEmpty ? json(.list(list)) : json(.record(record))
    case .object(let object as ResultObject): json(.record(object.fields))
    case .object(let object): .string(Swift.type(of: object).typeName)
    case .reference: .null
    }
  }

  /// JSON has no number for infinities; their names stand for them, as in the golden cases.
  private static func number(_ value: Double) -> JSON {
    value.isFinite ? .number(value) : .string(NumberFormat.shortest(value))
  }

  /// The value at `index` of the stack: tables with a list part become arrays, others objects.
  /// - Throws: `ScriptError.invalidParameter` for functions and tables that hold themselves.
  static func json(_ stack: LuaStack, _ index: Int32, depth: Int = 0) throws -> JSON {
    guard depth < 200 else { throw ScriptError.invalidParameter("the table is nested too deeply, or holds itself") }
    switch stack.kind(at: index) {
    case .none: return .null
    case .boolean: return .bool(lua_toboolean(stack.state, index) != 0)
    case .number:
      return lua_isinteger(stack.state, index) != 0
        ? .integer(Int64(stack.integer(at: index))) : number(stack.number(at: index))
    case .string: return .string(stack.displayText(at: index))
    case .userdata:
      guard let object = stack.object(at: index) else { throw cannotSay(stack, index) }
      return json(.object(object))
    case .table: return try table(stack, stack.absolute(index), depth: depth)
    case .function, .thread: throw cannotSay(stack, index)
    }
  }

  private static func table(_ stack: LuaStack, _ index: Int32, depth: Int) throws -> JSON {
    let count = stack.length(at: index)
    let cancellation = stack.machine.cancellation
    let keys = try TableKey.sorted(stack, index, skippingListOf: count, cancellation: cancellation)
    if keys.isEmpty {
      return .array(
        try (1..<(count + 1)).map { position in
          try cancellation.check(at: position)
          lua_rawgeti(stack.state, index, lua_Integer(position))
          defer { stack.pop() }
          return try json(stack, stack.count, depth: depth + 1)
        })
    }
    var members: [String: JSON] = [:]
    for position in 1..<(count + 1) {
      try cancellation.check(at: position)
      lua_rawgeti(stack.state, index, lua_Integer(position))
      members[String(position)] = try json(stack, stack.count, depth: depth + 1)
      stack.pop()
    }
    for (place, key) in keys.enumerated() {
      try cancellation.check(at: place)
      key.push(stack)
      let name = stack.kind(at: -1) == .string ? stack.displayText(at: -1) : stack.description(at: -1)
      lua_rawget(stack.state, index)
      members[name] = try json(stack, stack.count, depth: depth + 1)
      stack.pop()
    }
    return .object(members)
  }

  private static func cannotSay(_ stack: LuaStack, _ index: Int32) -> ScriptError {
    .invalidParameter("JSON cannot say \(ValueSketch.of(stack, index))")
  }

  /// - Throws: `JSONError`.
  /// On one line.
  static func line(_ value: LuaValue) throws -> String { try json(value).compact() }

  static func pretty(_ value: LuaValue) throws -> String { try json(value).pretty() }

  /// - Parameter null: what stands for null.
  static func value(_ json: JSON, null: LuaValue = .none) -> LuaValue {
    switch json {
    case .null: null
    case .bool(let value): .boolean(value)
    case .integer(let value): .integer(Int(value))
    case .number(let value): .number(value)
    case .string(let text): .string(text)
    case .array(let elements): .list(elements.map { value($0, null: null) })
    case .object(let members):
      .record(Record(members.sorted { $0.key < $1.key }.map { (name: $0.key, value: value($0.value, null: null)) }))
    }
  }
}
