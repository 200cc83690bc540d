import CLuaShim
import Core

extension Parameter where Value == Amount {
  /// An amount of tokens: a number, or an exact decimal text such as "12.5".
  static func amount(_ name: String, _ summary: String) -> Parameter {
    let words = "an amount of tokens: a number, or a text such as \"12.5\""
    return Parameter(
      name: name, summary: summary, typeName: words, unit: "tokens", domain: nil, fallback: nil, fallbackText: nil,
      choices: []
    ) { stack, index in
      switch stack.kind(at: index) {
      case .number:
        if let whole = stack.wholeNumber(at: index), let tokens = UInt64(exactly: whole) {
          return Amount(tokens: tokens)
        }
        let number = stack.number(at: index)
        guard number.isFinite else {
          throw Mismatch(kind: "NotFinite", expected: words, given: ValueSketch.of(stack, index))
        }
        return try Amount(number)
      case .string: return try Amount.written(stack.displayText(at: index))
      default: throw Mismatch(words, stack, index)
      }
    }
  }
}

extension Amount {
  /// An amount that a script writes as a text.
  ///
  /// The amount's own errors repeat the text, which may be as long as a book. They are not cut where they arise: what a
  /// contract is told stands in its receipt, and must be the same whenever a ledger is replayed.
  static func written(_ text: String) throws(AmountError) -> Amount {
    do {
      return try Amount(text)
    } catch {
      guard text.count > 40 else { throw error }
      let shown = "\(text.prefix(40))... (\(text.count) characters)"
      switch error {
      case .malformed: throw .malformed(shown)
      case .overflow: throw .overflow(shown)
      default: throw error
      }
    }
  }
}
