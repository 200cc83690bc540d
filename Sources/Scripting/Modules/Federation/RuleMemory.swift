import CLuaShim
import Foundation
import Tensor

/// What a rule written in Lua remembers from round to round, as plain values that a file can hold.
enum RuleMemory: Codable, Equatable {
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  case text([UInt8])
  case tensor(shape: [Int], elements: [Float])
  case table([Entry])

  struct Entry: Codable, Equatable {
    let key: RuleMemory
    let value: RuleMemory
  }

  private static let deepest = 100

  // MARK: Bytes

  func encode() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return [UInt8](try encoder.encode(self))
  }

  /// - Throws: what refuses bytes that `encode` did not write.
  init(decoding bytes: [UInt8]) throws {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    self = try decoder.decode(RuleMemory.self, from: Data(bytes))
  }

  // MARK: Lua

  /// The value at `index` of the stack.
  ///
  /// - Parameters:
  ///   - name: what an error calls it.
  ///   - omitted: names that are left out of the outermost table.
  /// - Throws: `InvalidParameter` for what no file can hold.
  init(_ stack: LuaStack, _ index: Int32, name: String, omitting omitted: Set<String> = [], depth: Int = 0) throws {
    guard depth < Self.deepest else {
      throw ScriptError.invalidParameter("\(name) is nested too deeply, or holds itself")
    }
    switch stack.kind(at: index) {
    case .boolean: self = .boolean(lua_toboolean(stack.state, index) != 0)
    case .number:
      self =
        lua_isinteger(stack.state, index) != 0 ? .integer(stack.integer(at: index)) : .number(stack.number(at: index))
    case .string: self = .text(stack.bytes(at: index))
    case .table:
      var entries: [Entry] = []
      let table = stack.absolute(index)
      for key in TableKey.sorted(stack, table, skippingListOf: 0) {
        let (memory, label) = try Self.key(key, of: name)
        if case .string(let bytes) = key, omitted.contains(String(decoding: bytes, as: UTF8.self)) { continue }
        key.push(stack)
        lua_rawget(stack.state, table)
        defer { stack.pop() }
        entries.append(
          Entry(key: memory, value: try RuleMemory(stack, stack.count, name: label, depth: depth + 1)))
      }
      self = .table(entries)
    case .userdata:
      guard let tensor = (stack.object(at: index) as? TensorObject)?.tensor else {
        throw Self.cannotKeep(stack, index, name)
      }
      self = .tensor(shape: tensor.shape, elements: tensor.elements)
    case .none, .function, .thread: throw Self.cannotKeep(stack, index, name)
    }
  }

  private static func key(_ key: TableKey, of name: String) throws -> (RuleMemory, label: String) {
    switch key {
    case .integer(let value): (.integer(value), "\(name)[\(value)]")
    case .number(let value): (.number(value), "\(name)[\(NumberFormat.shortest(value))]")
    case .string(let bytes): (.text(bytes), "\(name).\(String(decoding: bytes, as: UTF8.self))")
    case .other(_, let text):
      throw ScriptError.invalidParameter("\(name) has \(text) as a key, which no file can hold")
    }
  }

  private static func cannotKeep(_ stack: LuaStack, _ index: Int32, _ name: String) -> ScriptError {
    .invalidParameter(
      "\(name) is \(ValueSketch.of(stack, index)), which no file can hold",
      hint: "a checkpoint keeps numbers, strings, booleans, tensors and tables of them")
  }

  /// Puts the value on the stack.
  func push(_ stack: LuaStack) throws {
    switch self {
    case .boolean(let value): stack.push(.boolean(value))
    case .integer(let value): stack.push(.integer(value))
    case .number(let value): stack.push(.number(value))
    case .text(let bytes): stack.push(.bytes(bytes))
    case .tensor(let shape, let elements):
      stack.push(.object(TensorObject(try Tensor(shape: shape, elements: elements))))
    case .table(let entries):
      lua_createtable(stack.state, 0, Int32(clamping: entries.count))
      for entry in entries {
        try entry.key.push(stack)
        try entry.value.push(stack)
        lua_rawset(stack.state, -3)
      }
    }
  }
}
