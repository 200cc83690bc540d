import CLuaShim
import Core
import Tensor

/// Reading money and whole numbers, each refusal by its name.
enum TokenMoney {
  static let words = "an amount of tokens: a number, or a text such as \"12.5\""
  static let wholeWords = "a whole number, or a text of digits"
  static let errors = ["NegativeAmount", "InvalidAmount", "AmountOverflow"]

  /// An amount of tokens.
  ///
  /// - Throws: `Mismatch` of kind `NegativeAmount`, `InvalidAmount`, `AmountOverflow`, `NotFinite`.
  static func amount(_ stack: LuaStack, _ index: Int32) throws -> Amount {
    switch stack.kind(at: index) {
    case .number:
      let number = stack.number(at: index)
      guard number.isFinite else { throw refusal("NotFinite", words, stack, index) }
      guard number >= 0 else { throw refusal("NegativeAmount", "at least 0", stack, index) }
      if let whole = stack.wholeNumber(at: index), let tokens = UInt64(exactly: whole) { return Amount(tokens: tokens) }
      return try read(stack, index) { () throws(AmountError) in try Amount(number) }
    case .string:
      let text = stack.displayText(at: index)
      return try read(stack, index) { () throws(AmountError) in
        guard text.hasPrefix("-") else { return try Amount(text) }
        let magnitude = try Amount(String(text.dropFirst()))
        guard magnitude.isZero else { throw .negative(text) }
        return magnitude
      }
    default: throw Mismatch(words, stack, index)
    }
  }

  private static func read(_ stack: LuaStack, _ index: Int32, _ body: () throws(AmountError) -> Amount) throws -> Amount
  {
    do { return try body() } catch {
      switch error {
      case .negative: throw refusal("NegativeAmount", "at least 0", stack, index)
      case .overflow: throw refusal("AmountOverflow", "at most \(Amount.maximum) tokens", stack, index)
      default: throw refusal("InvalidAmount", words, stack, index)
      }
    }
  }

  /// A whole number of up to 128 bits.
  ///
  /// - Throws: `Mismatch` of kind `NegativeAmount`, `InvalidAmount`, `AmountOverflow`, `NotFinite`.
  static func whole(_ stack: LuaStack, _ index: Int32) throws -> UInt128 {
    switch stack.kind(at: index) {
    case .number:
      let number = stack.number(at: index)
      guard number.isFinite else { throw refusal("NotFinite", wholeWords, stack, index) }
      guard number >= 0 else { throw refusal("NegativeAmount", "at least 0", stack, index) }
      if let whole = stack.wholeNumber(at: index) { return UInt128(whole.magnitude) }
      guard let whole = UInt128(exactly: number) else {
        throw refusal(
          number == number.rounded() ? "AmountOverflow" : "InvalidAmount", "\(wholeWords) of at most 128 bits", stack,
          index)
      }
      return whole
    case .string:
      let text = stack.displayText(at: index)
      let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
      guard !digits.isEmpty, digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
        throw refusal("InvalidAmount", wholeWords, stack, index)
      }
      guard let magnitude = UInt128(digits) else {
        throw refusal("AmountOverflow", "\(wholeWords) of at most 128 bits", stack, index)
      }
      guard magnitude == 0 || digits.count == text.count else {
        throw refusal("NegativeAmount", "at least 0", stack, index)
      }
      return magnitude
    default: throw Mismatch(wholeWords, stack, index)
    }
  }

  private static func refusal(_ kind: String, _ expected: String, _ stack: LuaStack, _ index: Int32) -> Mismatch {
    Mismatch(kind: kind, expected: expected, given: ValueSketch.of(stack, index))
  }
}

extension Parameter where Value == Amount {
  static func tokens(_ name: String, _ summary: String, default fallback: Amount? = nil) -> Parameter {
    Parameter(
      name: name, summary: summary, typeName: TokenMoney.words, unit: "tokens", domain: nil, fallback: fallback,
      fallbackText: fallback?.description, choices: [], read: TokenMoney.amount)
  }
}

extension Parameter where Value == [Amount] {
  static func tokenList(_ name: String, _ summary: String, default fallback: [Amount]? = nil) -> Parameter {
    let words = "a list of amounts of tokens"
    return Parameter(
      name: name, summary: summary, typeName: words, unit: "tokens", domain: nil, fallback: fallback,
      fallbackText: fallback.map { _ in "{}" }, choices: []
    ) { stack, index in try ListReader.elements(stack, index, expected: words) { try TokenMoney.amount(stack, $0) } }
  }
}

extension Parameter where Value == UInt128 {
  static func whole(
    _ name: String, _ summary: String, unit: String? = nil, default fallback: UInt128? = nil
  ) -> Parameter {
    Parameter(
      name: name, summary: summary, typeName: TokenMoney.wholeWords, unit: unit, domain: nil, fallback: fallback,
      fallbackText: fallback.map { "\($0)" }, choices: [], read: TokenMoney.whole)
  }
}

extension Parameter where Value == [UInt128] {
  static func wholeList(_ name: String, _ summary: String, unit: String? = nil) -> Parameter {
    let words = "a list of whole numbers or texts of digits"
    return Parameter(
      name: name, summary: summary, typeName: words, unit: unit, domain: nil, fallback: nil, fallbackText: nil,
      choices: []
    ) { stack, index in try ListReader.elements(stack, index, expected: words) { try TokenMoney.whole(stack, $0) } }
  }
}

extension Parameter where Value == [Bool] {
  /// Votes, true or false or 1 or 0.
  static func votes(_ name: String, _ summary: String) -> Parameter {
    let words = "a list of true or false, or of 1 or 0"
    return Parameter(
      name: name, summary: summary, typeName: words, unit: nil, domain: nil, fallback: nil, fallbackText: nil,
      choices: []
    ) { stack, index in try ListReader.elements(stack, index, expected: words) { try RecordReader.vote(stack, $0) } }
  }
}

extension LuaValue {
  /// Money as an exact decimal text of tokens.
  static func tokens(_ amount: Amount) -> LuaValue { .string(amount.description) }
  static func tokenList(_ amounts: some Sequence<Amount>) -> LuaValue { .list(amounts.map { tokens($0) }) }
  /// A whole number as Lua's where it fits, else as a text of digits.
  static func whole(_ number: UInt128) -> LuaValue {
    Int(exactly: number).map { .integer($0) } ?? .string(number.description)
  }
}
