/// What stands before a cursor as Lua's lexer sees it: where the cursor is, and the code alone.
struct CursorContext {
  enum Place: Equatable {
    case code
    case comment
    /// In a string that is not closed yet; its quote stands at this byte.
    case string(start: Int)
    /// In a string in long brackets.
    case longString
  }

  private(set) var place = Place.code
  /// The bytes before the cursor, those of strings and comments blank: their brackets and commas mean nothing.
  private(set) var code: [UInt8]

  init(_ text: some Sequence<UInt8>) {
    code = Array(text)
    var index = 0
    while index < code.count {
      let start = index
      switch code[index] {
      case UInt8(ascii: "-") where byte(index + 1) == UInt8(ascii: "-"):
        if let end = endOfLongBracket(at: index + 2, place: .comment) {
          index = end
        } else {
          index = code[index...].firstIndex(of: UInt8(ascii: "\n")) ?? code.count
          if index == code.count { place = .comment }
        }
      case UInt8(ascii: "\""), UInt8(ascii: "'"): index = endOfString(at: index)
      case UInt8(ascii: "["):
        guard let end = endOfLongBracket(at: index, place: .longString) else {
          index += 1
          continue
        }
        index = end
      default:
        index += 1
        continue
      }
      for blank in start..<index where code[blank] != UInt8(ascii: "\n") { code[blank] = UInt8(ascii: " ") }
    }
  }

  private func byte(_ index: Int) -> UInt8? { index < code.count ? code[index] : nil }

  /// The byte after the closing quote, or the end of the line, where Lua gives a string up.
  private mutating func endOfString(at start: Int) -> Int {
    var index = start + 1
    while index < code.count {
      switch code[index] {
      case code[start]: return index + 1
      case UInt8(ascii: "\n"): return index
      case UInt8(ascii: "\\"): index += 2
      default: index += 1
      }
    }
    place = .string(start: start)
    return code.count
  }

  /// The byte after `]]`, or `]==]` where as many signs stand in the opening bracket; nil where none opens here.
  private mutating func endOfLongBracket(at start: Int, place inside: Place) -> Int? {
    guard byte(start) == UInt8(ascii: "[") else { return nil }
    var index = start + 1
    while byte(index) == UInt8(ascii: "=") { index += 1 }
    guard byte(index) == UInt8(ascii: "[") else { return nil }
    let closing =
      [UInt8(ascii: "]")] + Array(repeating: UInt8(ascii: "="), count: index - start - 1)
      + [UInt8(ascii: "]")]
    index += 1
    while index + closing.count <= code.count {
      if code[index..<index + closing.count].elementsEqual(closing) { return index + closing.count }
      index += 1
    }
    place = inside
    return code.count
  }
}
