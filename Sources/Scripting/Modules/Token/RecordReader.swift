import CLuaShim
import Core

/// A table with named fields inside a list of them, such as a voter or a position.
struct RecordReader {
  let stack: LuaStack
  private let table: Int32

  /// - Throws: `Mismatch` for what is no table, and for a field that such a table does not have.
  init(_ stack: LuaStack, _ index: Int32, fields: [String]) throws {
    let words = "a table with " + fields.joined(separator: ", ")
    guard stack.kind(at: index) == .table else { throw Mismatch(words, stack, index) }
    self.stack = stack
    table = stack.absolute(index)
    var unknown: String?
    stack.forEach(at: table) {
      let name = stack.kind(at: -2) == .string ? stack.displayText(at: -2) : nil
      if name.map({ !fields.contains($0) }) ?? true { unknown = name ?? stack.description(at: -2) }
    }
    if let unknown {
      let near = Suggestion.clause(for: unknown, among: fields)
      throw Mismatch(kind: "InvalidParameter", expected: words, given: "one with the field '\(unknown)'\(near)")
    }
  }

  /// What `read` makes of a field; nil when the field is not there.
  private func optional<Value>(_ name: String, _ read: (LuaStack, Int32) throws -> Value) throws -> Value? {
    guard stack.pushField(name, at: table) else { return nil }
    defer { stack.pop() }
    do { return try read(stack, stack.count) } catch var mismatch as Mismatch {
      mismatch.place = ".\(name)" + mismatch.place
      throw mismatch
    }
  }

  private func needed<Value>(
    _ name: String, _ fallback: Value?, _ read: (LuaStack, Int32) throws -> Value
  ) throws -> Value {
    if let value = try optional(name, read) ?? fallback { return value }
    throw Mismatch(kind: "InvalidParameter", expected: "a table with a field '\(name)'", given: "one without it")
  }

  func amount(_ name: String, default fallback: Amount? = nil) throws -> Amount {
    try needed(name, fallback, TokenMoney.amount)
  }
  func optionalAmount(_ name: String) throws -> Amount? { try optional(name, TokenMoney.amount) }
  func whole(_ name: String, default fallback: UInt128? = nil) throws -> UInt128 {
    try needed(name, fallback, TokenMoney.whole)
  }
  func text(_ name: String) throws -> String { try needed(name, nil, Self.text) }
  func integer(_ name: String, default fallback: Int? = nil) throws -> Int { try needed(name, fallback, Self.integer) }
  func optionalInteger(_ name: String) throws -> Int? { try optional(name, Self.integer) }
  func number(_ name: String, default fallback: Double? = nil) throws -> Double {
    try needed(name, fallback) { stack, index in
      guard stack.kind(at: index) == .number else { throw Mismatch("a number", stack, index) }
      let number = stack.number(at: index)
      guard number.isFinite else { throw Mismatch(kind: "NotFinite", expected: "finite", given: "\(number)") }
      return number
    }
  }
  func flag(_ name: String) throws -> Bool {
    try needed(name, false) { stack, index in
      guard stack.kind(at: index) == .boolean else { throw Mismatch("true or false", stack, index) }
      return lua_toboolean(stack.state, index) != 0
    }
  }
  func vote(_ name: String) throws -> Bool { try needed(name, nil, Self.vote) }

  func choice<Value: RawRepresentable & CaseIterable>(
    _ name: String, kind: String = "InvalidParameter", default fallback: Value? = nil
  ) throws -> Value where Value.RawValue == String {
    try needed(name, fallback) { stack, index in
      if let text = stack.text(at: index), let value = Value(rawValue: text) { return value }
      let words = Value.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
      throw Mismatch(kind: kind, expected: "one of \(words)", given: ValueSketch.of(stack, index))
    }
  }

  func list<Element>(_ name: String, _ read: (LuaStack, Int32) throws -> Element) throws -> [Element] {
    try needed(name, []) { stack, index in
      try ListReader.elements(stack, index, expected: "a list") { try read(stack, $0) }
    }
  }

  private static func text(_ stack: LuaStack, _ index: Int32) throws -> String {
    guard let text = stack.text(at: index) else { throw Mismatch("a string", stack, index) }
    return text
  }

  private static func integer(_ stack: LuaStack, _ index: Int32) throws -> Int {
    guard let number = stack.wholeNumber(at: index) else { throw Mismatch("a whole number", stack, index) }
    return number
  }

  /// - Throws: `Mismatch` of kind `InvalidVote`.
  static func vote(_ stack: LuaStack, _ index: Int32) throws -> Bool {
    switch stack.value(at: index) {
    case .boolean(let vote): return vote
    case .integer(1), .number(1): return true
    case .integer(0), .number(0): return false
    default:
      throw Mismatch(kind: "InvalidVote", expected: "true or false, or 1 or 0", given: ValueSketch.of(stack, index))
    }
  }
}

extension Parameter {
  /// A list of tables with named fields.
  static func records<Element>(
    _ name: String, _ summary: String, fields: [String], default fallback: [Element]? = nil,
    _ read: @escaping @Sendable (RecordReader) throws -> Element
  ) -> Parameter where Value == [Element] {
    let words = "a list of tables with " + fields.joined(separator: ", ")
    return Parameter(
      name: name, summary: summary, typeName: words, unit: nil, domain: nil, fallback: fallback,
      fallbackText: fallback.map { _ in "{}" }, choices: []
    ) { stack, index in
      try ListReader.elements(stack, index, expected: words) { try read(RecordReader(stack, $0, fields: fields)) }
    }
  }
}
