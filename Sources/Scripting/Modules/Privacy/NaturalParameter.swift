import CLuaShim
import Core

extension Parameter where Value == Natural {
  /// A natural number of any size.
  static func natural(_ name: String, _ summary: String) -> Parameter {
    Parameter(
      name: name, summary: summary, typeName: NaturalReader.words, unit: nil, domain: nil, fallback: nil,
      fallbackText: nil, choices: []
    ) { stack, index in try NaturalReader.read(stack, index) }
  }
}

extension Parameter where Value == [Natural] {
  static func naturals(_ name: String, _ summary: String) -> Parameter {
    Parameter(
      name: name, summary: summary, typeName: "a list of numbers or texts of digits", unit: nil, domain: nil,
      fallback: nil, fallbackText: nil, choices: []
    ) { stack, index in
      try ListReader.elements(stack, index, expected: "a list of numbers or texts of digits") {
        try NaturalReader.read(stack, $0)
      }
    }
  }
}

extension Parameter where Value == [SecretShare] {
  /// Pairs of an index and a value: `{ { 1, "876" }, { 2, "217" } }`.
  static func secretShares(_ name: String, _ summary: String) -> Parameter {
    let words = "a list of pairs of an index and a text of digits"
    return Parameter(
      name: name, summary: summary, typeName: words, unit: nil, domain: nil, fallback: nil, fallbackText: nil,
      choices: []
    ) { stack, index in
      try PairReader.pairs(stack, index, words) { SecretShare(index: $0, value: try NaturalReader.read(stack, $1)) }
    }
  }
}

enum NaturalReader {
  static let words = "a natural number, as a number or a text of digits"

  static func read(_ stack: LuaStack, _ index: Int32) throws -> Natural {
    switch stack.kind(at: index) {
    case .number:
      if let whole = stack.wholeNumber(at: index), whole >= 0 { return Natural(UInt(whole)) }
    case .string:
      if let natural = Natural(stack.displayText(at: index)) { return natural }
    default: break
    }
    throw Mismatch(words, stack, index)
  }
}

/// Lists of pairs of a whole number and something else.
enum PairReader {
  static func pairs<Element>(
    _ stack: LuaStack, _ index: Int32, _ words: String, _ make: (Int, Int32) throws -> Element
  ) throws -> [Element] {
    try ListReader.elements(stack, index, expected: words) { place in
      guard stack.kind(at: place) == .table, stack.length(at: place) == 2 else { return nil }
      let table = stack.absolute(place)
      lua_rawgeti(stack.state, table, 1)
      defer { stack.pop() }
      guard let number = stack.wholeNumber(at: stack.count) else {
        throw Mismatch("a whole number", stack, -1, place: "[1]")
      }
      lua_rawgeti(stack.state, table, 2)
      defer { stack.pop() }
      do {
        return try make(number, stack.count)
      } catch var mismatch as Mismatch {
        mismatch.place = "[2]" + mismatch.place
        throw mismatch
      }
    }
  }
}

extension LuaValue {
  static func natural(_ number: Natural) -> LuaValue { .string(number.description) }
}
