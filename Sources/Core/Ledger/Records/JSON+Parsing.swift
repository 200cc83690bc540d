import Tensor

extension JSON {
  /// Reads one JSON text (RFC 8259, strictly) of UTF-8, at most 512 levels deep.
  ///
  /// Numbers without point or exponent are integers, exactly, where they fit 64 bits; all others are the nearest
  /// doubles. Foundation's readers cannot say as much: `JSONDecoder` reads `1.0` into an integer when asked for one,
  /// `JSONSerialization` turns some integers of 19 digits into decimals, and what a minting record's digest means must
  /// not hang on either.
  ///
  /// - Throws: `JSONError.malformed`, with line and column. A name that stands twice in an object is an error too.
  public static func parse(_ bytes: some Collection<UInt8>) throws(JSONError) -> JSON {
    var parser = JSONParser(bytes: Array(bytes))
    return try parser.parse()
  }

  public static func parse(_ text: String) throws(JSONError) -> JSON {
    try parse(text.utf8)
  }
}

private struct JSONParser {
  let bytes: [UInt8]
  var position = 0

  static let maximumDepth = 512

  mutating func parse() throws(JSONError) -> JSON {
    let value = try value(depth: 0)
    skipBlanks()
    guard position == bytes.count else { throw failure("the end was expected") }
    return value
  }

  private mutating func value(depth: Int) throws(JSONError) -> JSON {
    guard depth <= Self.maximumDepth else { throw failure("more than \(Self.maximumDepth) levels") }
    skipBlanks()
    guard let first = peek else { throw failure("a value was expected") }
    switch first {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw failure("a value was expected")
    }
  }

  // MARK: Structures

  private mutating func array(depth: Int) throws(JSONError) -> JSON {
    position += 1
    if take("]") { return .array([]) }
    var elements: [JSON] = []
    repeat { elements.append(try value(depth: depth + 1)) } while take(",")
    guard take("]") else { throw failure("',' or ']' was expected") }
    return .array(elements)
  }

  private mutating func object(depth: Int) throws(JSONError) -> JSON {
    position += 1
    if take("}") { return .object([:]) }
    var members: [String: JSON] = [:]
    repeat {
      skipBlanks()
      guard peek == UInt8(ascii: "\"") else { throw failure("a name in quotes was expected") }
      let name = try string()
      guard members[name] == nil else { throw failure("the name \"\(name)\" stands twice") }
      guard take(":") else { throw failure("':' was expected") }
      members[name] = try value(depth: depth + 1)
    } while take(",")
    guard take("}") else { throw failure("',' or '}' was expected") }
    return .object(members)
  }

  // MARK: Scalars

  private mutating func word(_ word: String, _ value: JSON) throws(JSONError) -> JSON {
    guard bytes[position...].starts(with: word.utf8) else { throw failure("'\(word)' was expected") }
    position += word.utf8.count
    return value
  }

  private mutating func number() throws(JSONError) -> JSON {
    let start = position
    if peek == UInt8(ascii: "-") { position += 1 }
    let hasLeadingZero = peek == UInt8(ascii: "0")
    let digits = skipDigits()
    guard digits == 1 || (digits > 1 && !hasLeadingZero) else { throw failure("a number was expected") }
    var isInteger = true
    if peek == UInt8(ascii: ".") {
      isInteger = false
      position += 1
      guard skipDigits() > 0 else { throw failure("a decimal was expected") }
    }
    if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
      isInteger = false
      position += 1
      if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { position += 1 }
      guard skipDigits() > 0 else { throw failure("an exponent was expected") }
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isInteger, let value = Int64(text) { return .integer(value) }
    guard let value = Double(text), value.isFinite else { throw failure("\(text) is too large") }
    return .number(value)
  }

  private mutating func skipDigits() -> Int {
    let start = position
    while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
    return position - start
  }

  private mutating func string() throws(JSONError) -> String {
    position += 1
    var content: [UInt8] = []
    while let byte = peek {
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: content, as: UTF8.self) else { throw failure("a text that is not UTF-8") }
        return text
      case UInt8(ascii: "\\"):
        content.append(contentsOf: try escape().utf8)
      case 0..<0x20:
        throw failure("a control character in a text")
      default:
        content.append(byte)
      }
    }
    throw failure("a text without end")
  }

  private mutating func escape() throws(JSONError) -> String {
    guard let byte = peek else { throw failure("an escape was expected") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      var units = [try codeUnit()]
      if UTF16.isLeadSurrogate(units[0]), bytes[position...].starts(with: "\\u".utf8) {
        position += 2
        units.append(try codeUnit())
      }
      guard let text = String(validating: units, as: UTF16.self) else { throw failure("half of a surrogate pair") }
      return text
    default: throw failure("no such escape")
    }
  }

  private mutating func codeUnit() throws(JSONError) -> UInt16 {
    let digits = String(decoding: bytes[position...].prefix(4), as: UTF8.self)
    guard let value = Hexadecimal.decode(digits), value.count == 2 else {
      throw failure("four hexadecimal digits were expected")
    }
    position += 4
    return UInt16(value[0]) << 8 | UInt16(value[1])
  }

  // MARK: Bytes

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipBlanks() {
    while let byte = peek, [0x20, 0x09, 0x0a, 0x0d].contains(byte) { position += 1 }
  }

  private mutating func take(_ mark: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard peek == UInt8(ascii: mark) else { return false }
    position += 1
    return true
  }

  private func failure(_ reason: String) -> JSONError {
    let before = bytes[..<min(position, bytes.count)]
    let line = 1 + before.count { $0 == 0x0a }
    let column = before.count - (before.lastIndex(of: 0x0a).map { $0 + 1 } ?? 0) + 1
    return .malformed("line \(line), column \(column): \(reason)")
  }
}
