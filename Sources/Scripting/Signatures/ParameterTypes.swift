import CLuaShim
import Tensor

// The kinds of option that functions take. Each reader refuses what it does not understand by throwing a Mismatch.

extension Parameter where Value == Double {
  static func number(
    _ name: String, _ summary: String, unit: String? = nil, default fallback: Double? = nil, domain: Domain? = nil
  ) -> Parameter {
    Parameter(
      name: name, summary: summary, typeName: "a number", unit: unit, domain: domain, fallback: fallback,
      fallbackText: fallback.map(NumberFormat.shortest), choices: []
    ) { stack, index in
      guard stack.kind(at: index) == .number else { throw Mismatch("a number", stack, index) }
      return stack.number(at: index)
    }
  }
}

extension Parameter where Value == Int {
  static func integer(
    _ name: String, _ summary: String, unit: String? = nil, default fallback: Int? = nil,
    defaultText: String? = nil, domain: Domain? = nil
  ) -> Parameter {
    Parameter(
      name: name, summary: summary, typeName: "a whole number", unit: unit, domain: domain, fallback: fallback,
      fallbackText: defaultText ?? fallback.map(String.init), choices: []
    ) { stack, index in
      guard let value = stack.wholeNumber(at: index) else { throw Mismatch("a whole number", stack, index) }
      return value
    }
  }
}

extension Parameter where Value == Bool {
  static func boolean(_ name: String, _ summary: String, default fallback: Bool? = nil) -> Parameter {
    Parameter(
      name: name, summary: summary, typeName: "true or false", unit: nil, domain: nil, fallback: fallback,
      fallbackText: fallback.map { "\($0)" }, choices: []
    ) { stack, index in
      guard stack.kind(at: index) == .boolean else { throw Mismatch("true or false", stack, index) }
      return lua_toboolean(stack.state, index) != 0
    }
  }
}

extension Parameter where Value == String {
  static func string(_ name: String, _ summary: String, default fallback: String? = nil) -> Parameter {
    Parameter(
      name: name, summary: summary, typeName: "a string", unit: nil, domain: nil, fallback: fallback,
      fallbackText: fallback.map { "\"\($0)\"" }, choices: []
    ) { stack, index in
      guard let text = stack.text(at: index) else { throw Mismatch("a string", stack, index) }
      return text
    }
  }
}

extension Parameter where Value: RawRepresentable & CaseIterable & SendableMetatype, Value.RawValue == String {
  /// One of the words of an enumeration.
  static func choice(_ name: String, _ summary: String, default fallback: Value? = nil) -> Parameter {
    let words = Value.allCases.map(\.rawValue)
    let expected = words.count == 1 ? "\"\(words[0])\"" : "one of " + words.map { "\"\($0)\"" }.joined(separator: ", ")
    return Parameter(
      name: name, summary: summary, typeName: expected, unit: nil, domain: nil, fallback: fallback,
      fallbackText: fallback.map { "\"\($0.rawValue)\"" }, choices: words
    ) { stack, index in
      guard let text = stack.text(at: index), let value = Value(rawValue: text) else {
        throw Mismatch(expected, stack, index)
      }
      return value
    }
  }
}

extension Parameter where Value == [Double] {
  /// A list of numbers; with `scalar` a single number stands for a list of one.
  static func numbers(
    _ name: String, _ summary: String, unit: String? = nil, scalar: Bool = false, default fallback: [Double]? = nil,
    defaultText: String? = nil
  ) -> Parameter {
    let expected = scalar ? "a number or a list of numbers" : "a list of numbers"
    return Parameter(
      name: name, summary: summary, typeName: expected, unit: unit, domain: nil, fallback: fallback,
      fallbackText: defaultText ?? fallback.map { "{\($0.map(NumberFormat.shortest).joined(separator: ", "))}" },
      choices: []
    ) { stack, index in
      if scalar, stack.kind(at: index) == .number { return [stack.number(at: index)] }
      return try ListReader.numbers(stack, index, expected: expected)
    }
  }
}

extension Parameter where Value == [Int] {
  static func integers(_ name: String, _ summary: String, unit: String? = nil, default fallback: [Int]? = nil)
    -> Parameter
  {
    Parameter(
      name: name, summary: summary, typeName: "a list of whole numbers", unit: unit, domain: nil, fallback: fallback,
      fallbackText: fallback.map { "{\($0.map(String.init).joined(separator: ", "))}" }, choices: []
    ) { stack, index in
      try ListReader.elements(stack, index, expected: "a list of whole numbers") { element in
        stack.wholeNumber(at: element)
      }
    }
  }
}

extension Parameter where Value == [String] {
  static func strings(_ name: String, _ summary: String, default fallback: [String]? = nil) -> Parameter {
    Parameter(
      name: name, summary: summary, typeName: "a list of strings", unit: nil, domain: nil, fallback: fallback,
      fallbackText: fallback.map { "{\($0.map { "\"\($0)\"" }.joined(separator: ", "))}" }, choices: []
    ) { stack, index in
      try ListReader.elements(stack, index, expected: "a list of strings") { stack.text(at: $0) }
    }
  }
}

extension Parameter where Value == Matrix {
  static func matrix(_ name: String, _ summary: String, unit: String? = nil) -> Parameter {
    Parameter(
      name: name, summary: summary, typeName: "a list of rows of numbers", unit: unit, domain: nil, fallback: nil,
      fallbackText: nil, choices: [], read: ListReader.matrix)
  }
}

/// A list of numbers, or a list of rows of them.
enum NumbersOrMatrix {
  case numbers([Double])
  case matrix(Matrix)
}

extension Parameter where Value == NumbersOrMatrix {
  static func numbersOrMatrix(_ name: String, _ summary: String, unit: String? = nil) -> Parameter {
    Parameter(
      name: name, summary: summary, typeName: "a list of numbers or of rows of numbers", unit: unit, domain: nil,
      fallback: nil, fallbackText: nil, choices: []
    ) { stack, index in
      guard stack.kind(at: index) == .table else {
        throw Mismatch("a list of numbers or of rows of numbers", stack, index)
      }
      let first = LuaKind(lua_rawgeti(stack.state, index, 1))
      stack.pop()
      if first == .table { return .matrix(try ListReader.matrix(stack, index)) }
      return .numbers(try ListReader.numbers(stack, index, expected: "a list of numbers or of rows of numbers"))
    }
  }
}

extension Parameter where Value: ScriptObject {
  static func object(_ name: String, _ summary: String, _ words: String) -> Parameter {
    Parameter(
      name: name, summary: summary, typeName: words, unit: nil, domain: nil, fallback: nil, fallbackText: nil,
      choices: []
    ) { stack, index in
      guard let object = stack.object(at: index) as? Value else { throw Mismatch(words, stack, index) }
      return object
    }
  }
}

extension Parameter where Value == LuaValue {
  static func any(_ name: String, _ summary: String, default fallback: LuaValue? = nil, defaultText: String? = nil)
    -> Parameter
  {
    value(name, summary, "anything", default: fallback, defaultText: defaultText)
  }

  /// Any value, which the function itself makes sense of: `words` say what it should be.
  static func value(
    _ name: String, _ summary: String, _ words: String, default fallback: LuaValue? = nil, defaultText: String? = nil
  ) -> Parameter {
    Parameter(
      name: name, summary: summary, typeName: words, unit: nil, domain: nil, fallback: fallback,
      fallbackText: defaultText, choices: []
    ) { stack, index in stack.value(at: index) }
  }
}

extension Parameter where Value == LuaReference {
  static func function(_ name: String, _ summary: String) -> Parameter {
    Parameter(
      name: name, summary: summary, typeName: "a function", unit: nil, domain: nil, fallback: nil, fallbackText: nil,
      choices: []
    ) { stack, index in
      guard stack.kind(at: index) == .function else { throw Mismatch("a function", stack, index) }
      return LuaReference(stack.machine, at: index)
    }
  }
}

extension Parameter {
  /// The same parameter, which may be left out.
  func optional(_ meaning: String = "none") -> Parameter<Value?> {
    Parameter<Value?>(
      name: name, summary: summary, typeName: typeName, unit: unit, domain: domain, fallback: .some(.none),
      fallbackText: meaning, choices: choices, read: read)
  }
}

/// Lists of Lua into arrays of Swift.
enum ListReader {
  static func numbers(_ stack: LuaStack, _ index: Int32, expected: String) throws -> [Double] {
    guard stack.kind(at: index) == .table else { throw Mismatch(expected, stack, index) }
    let count = stack.length(at: index)
    if count == 0 { try refuseNamedFields(stack, index, expected: expected) }
    var wrong = 0
    let values = [Double](unsafeUninitializedCapacity: count) { buffer, filled in
      wrong = flnft_read_numbers(stack.state, index, buffer.baseAddress, count)
      filled = wrong == 0 ? count : wrong - 1
    }
    guard wrong == 0 else {
      lua_rawgeti(stack.state, index, lua_Integer(wrong))
      defer { stack.pop() }
      throw Mismatch("a number", stack, -1, place: "[\(wrong)]")
    }
    return values
  }

  static func elements<Element>(
    _ stack: LuaStack, _ index: Int32, expected: String, _ read: (Int32) throws -> Element?
  ) throws -> [Element] {
    guard stack.kind(at: index) == .table else { throw Mismatch(expected, stack, index) }
    let table = stack.absolute(index)
    let count = stack.length(at: table)
    if count == 0 { try refuseNamedFields(stack, table, expected: expected) }
    var elements: [Element] = []
    elements.reserveCapacity(count)
    let cancellation = stack.machine.cancellation
    for position in 1..<(count + 1) {
      try cancellation.check(at: position)
      lua_rawgeti(stack.state, table, lua_Integer(position))
      defer { stack.pop() }
      do {
        guard let element = try read(stack.count) else {
          throw Mismatch(singular(expected), stack, -1)
        }
        elements.append(element)
      } catch var mismatch as Mismatch {
        mismatch.place = "[\(position)]" + mismatch.place
        throw mismatch
      }
    }
    return elements
  }

  static func matrix(_ stack: LuaStack, _ index: Int32) throws -> Matrix {
    let rows = try elements(stack, index, expected: "a list of rows of numbers") { row in
      try numbers(stack, row, expected: "a list of numbers")
    }
    guard let matrix = Matrix(rows) else {
      let lengths = rows.map { String($0.count) }.joined(separator: ", ")
      throw Mismatch(kind: "ShapeMismatch", expected: "rows of one length", given: "rows of lengths \(lengths)")
    }
    return matrix
  }

  /// A table with names and no list part is no empty list but a mistake.
  private static func refuseNamedFields(_ stack: LuaStack, _ index: Int32, expected: String) throws {
    var named = false
    stack.forEach(at: index) { named = true }
    if named { throw Mismatch(expected, stack, index) }
  }

  private static func singular(_ expected: String) -> String {
    switch expected {
    case "a list of whole numbers": "a whole number"
    case "a list of strings": "a string"
    default: "an element of \(expected)"
    }
  }
}
