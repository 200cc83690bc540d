import CLuaShim
import Solvers

/// Money that is counted in its smallest units, exactly: numbers of Lua, or texts of digits where those are too small.
enum WholeAmount {
  static let words = "a whole amount, as a number or a text of digits"

  /// The amount at `index`.
  ///
  /// - Throws: `Mismatch`, `ProjectError` for what no amount can be.
  static func read(_ stack: LuaStack, _ index: Int32) throws -> Int128 {
    switch stack.kind(at: index) {
    case .number:
      if let whole = stack.wholeNumber(at: index) { return Int128(whole) }
      let number = stack.number(at: index)
      guard number.isFinite else {
        throw Mismatch(kind: "NotFinite", expected: words, given: ValueSketch.of(stack, index))
      }
      guard let amount = Int128(exactly: number) else {
        throw refusal(stack, index, isWhole: number == number.rounded())
      }
      return amount
    case .string:
      let text = stack.displayText(at: index)
      let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
      let isWhole = !digits.isEmpty && digits.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      guard isWhole, let amount = Int128(text) else { throw refusal(stack, index, isWhole: isWhole) }
      return amount
    default: throw refusal(stack, index, isWhole: false)
    }
  }

  private static func refusal(_ stack: LuaStack, _ index: Int32, isWhole: Bool) -> Mismatch {
    Mismatch(
      kind: isWhole ? "AmountOverflow" : "InvalidParameter",
      expected: isWhole ? "at most \(Int128.largestAmount)" : words, given: ValueSketch.of(stack, index))
  }

  static func list(_ stack: LuaStack, _ index: Int32) throws -> [Int128] {
    try ListReader.elements(stack, index, expected: "a list of whole amounts") { try read(stack, $0) }
  }

  static func rows(_ stack: LuaStack, _ index: Int32) throws -> [[Int128]] {
    try ListReader.elements(stack, index, expected: "a list of rows of whole amounts") { try list(stack, $0) }
  }
}

extension Parameter where Value == Int128 {
  static func wholeAmount(_ name: String, _ summary: String, default fallback: Int128? = nil) -> Parameter {
    Parameter(
      name: name, summary: summary, typeName: WholeAmount.words, unit: "smallest units", domain: nil,
      fallback: fallback, fallbackText: fallback.map { "\($0)" }, choices: [], read: WholeAmount.read)
  }
}

extension Parameter where Value == [Int128] {
  static func wholeAmounts(_ name: String, _ summary: String, unit: String? = "smallest units") -> Parameter {
    Parameter(
      name: name, summary: summary, typeName: "a list of numbers or texts of digits, whole amounts", unit: unit,
      domain: nil, fallback: nil, fallbackText: nil, choices: [], read: WholeAmount.list)
  }
}

extension Parameter where Value == MoneyTable<Int128> {
  /// Participants by models.
  static func wholeAmountTable(_ name: String, _ summary: String) -> Parameter {
    Parameter(
      name: name, summary: summary, typeName: "a list of rows of whole amounts", unit: "smallest units", domain: nil,
      fallback: nil, fallbackText: nil, choices: []
    ) { stack, index in try MoneyTable(try WholeAmount.rows(stack, index)) }
  }
}

extension LuaValue {
  /// A whole amount as Lua's integer where it fits, else as a text of digits.
  static func wholeAmount(_ amount: Int128) -> LuaValue {
    Int(exactly: amount).map { .integer($0) } ?? .string(amount.description)
  }

  static func wholeAmounts(_ amounts: some Sequence<Int128>) -> LuaValue { .list(amounts.map { wholeAmount($0) }) }

  /// An index of Swift as one of Lua, nil for none.
  static func position(_ index: Int?) -> LuaValue { index.map { .integer($0 + 1) } ?? .none }
}
