import CLuaShim
import Core

/// Values that cross between scripts and contracts: nil, booleans, whole numbers, texts, lists, records, and amounts of
/// tokens, which a script writes as `{ tokens = "12.5" }` and reads as exact decimal texts.
extension ContractValue {
  static let words = "nil, true or false, a whole number, a text, { tokens = \"12.5\" }, or a list or table of these"

  /// The value at `index` of the stack.
  ///
  /// - Throws: `Mismatch` for what cannot cross, `AmountError`.
  init(_ stack: LuaStack, _ index: Int32, depth: Int = 1) throws {
    guard depth <= ContractLimits.depth else {
      throw Mismatch("a value at most \(ContractLimits.depth) deep", stack, index)
    }
    switch stack.kind(at: index) {
    case .none: self = .null
    case .boolean: self = .boolean(lua_toboolean(stack.state, index) != 0)
    case .number:
      guard let whole = stack.wholeNumber(at: index) else { throw Mismatch(Self.words, stack, index) }
      self = .integer(Int64(whole))
    case .string: self = .text(stack.bytes(at: index))
    case .table: self = try Self.table(stack, stack.absolute(index), depth: depth)
    case .userdata, .function, .thread: throw Mismatch(Self.words, stack, index)
    }
  }

  private static func table(_ stack: LuaStack, _ index: Int32, depth: Int) throws -> ContractValue {
    let count = stack.length(at: index)
    let keys = TableKey.sorted(stack, index, skippingListOf: count)
    guard count == 0 || keys.isEmpty else { throw Mismatch("a list or a table of names, not both", stack, index) }
    if keys.isEmpty {
      return .list(
        try (1..<(count + 1)).map { position in
          lua_rawgeti(stack.state, index, lua_Integer(position))
          defer { stack.pop() }
          return try ContractValue(stack, stack.count, depth: depth + 1)
        })
    }
    var fields: [ContractRecord.Field] = []
    for key in keys {
      guard case .string(let name) = key else { throw Mismatch("a table whose keys are texts", stack, index) }
      key.push(stack)
      lua_rawget(stack.state, index)
      defer { stack.pop() }
      if keys.count == 1, name.elementsEqual("tokens".utf8) {
        return .amount(try Parameter<Amount>.amount("tokens", "").read(stack, stack.count))
      }
      fields.append(
        ContractRecord.Field(name: name, value: try ContractValue(stack, stack.count, depth: depth + 1)))
    }
    return .record(ContractRecord(fields))
  }

  var lua: LuaValue {
    switch self {
    case .null: .none
    case .boolean(let value): .boolean(value)
    case .integer(let value): .integer(Int(value))
    case .amount(let amount): .string(amount.description)
    case .text(let bytes): String(validating: bytes, as: UTF8.self).map { .string($0) } ?? .bytes(bytes)
    case .list(let items): .list(items.map(\.lua))
    case .record(let record):
      .record(Record(record.fields.map { (name: String(decoding: $0.name, as: UTF8.self), value: $0.value.lua) }))
    }
  }

  static let arguments = Parameter<[ContractValue]>(
    name: "arguments", summary: "what the function gets, in order", typeName: "a list of: " + words, unit: nil,
    domain: nil, fallback: [], fallbackText: "none", choices: []
  ) { stack, index in
    guard stack.kind(at: index) == .table else { throw Mismatch("a list", stack, index) }
    guard case .list(let values) = try ContractValue(stack, index) else { throw Mismatch("a list", stack, index) }
    return values
  }
}
