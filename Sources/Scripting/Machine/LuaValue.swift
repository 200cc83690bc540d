import Tensor

/// A value on its way between Swift and Lua.
public enum LuaValue {
  case none
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  /// A string that is not valid UTF-8.
  case bytes([UInt8])
  case numbers([Double])
  case integers([Int])
  case matrix(Matrix)
  case list([LuaValue])
  case record(Record)
  /// A table with a list part and names.
  case table(list: [LuaValue], Record)
  case object(any ScriptObject)
  /// A function, table, thread or foreign userdata, by reference.
  case reference(LuaReference)
}

extension LuaValue {
  static func strings(_ values: [String]) -> LuaValue { .list(values.map { .string($0) }) }
  static func booleans(_ values: [Bool]) -> LuaValue { .list(values.map { .boolean($0) }) }
  static func optional(_ value: Double?) -> LuaValue { value.map { .number($0) } ?? .none }
}

/// Named values in the order in which they were given.
public struct Record: ExpressibleByDictionaryLiteral {
  public private(set) var fields: [(name: String, value: LuaValue)] = []

  public init(dictionaryLiteral elements: (String, LuaValue)...) {
    fields = elements.map { (name: $0.0, value: $0.1) }
  }

  init(_ fields: [(name: String, value: LuaValue)]) { self.fields = fields }

  public subscript(name: String) -> LuaValue? {
    get { fields.first { $0.name == name }?.value }
    set {
      fields.removeAll { $0.name == name }
      if let newValue { fields.append((name: name, value: newValue)) }
    }
  }

  public var names: [String] { fields.map(\.name) }
}
