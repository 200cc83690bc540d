/// The words of a .nfg file, one after the other, with the line on which each stands.
struct GambitTokens {
  enum Token: Equatable {
    case open, close
    case text(String)
    case word(String)

    var described: String {
      switch self {
      case .open: "'{'"
      case .close: "'}'"
      case .text(let text): "the string \"\(text.prefix(40))\""
      case .word(let word): "'\(word.prefix(40))'"
      }
    }
  }

  private let bytes: [UInt8]
  private var place = 0
  private(set) var line = 1
  private var peeked: (token: Token?, line: Int)?

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The next token, left where it is; nil at the end.
  mutating func peek() throws -> Token? {
    if let peeked { return peeked.token }
    let token = try read()
    peeked = (token, line)
    return token
  }

  mutating func next() throws -> Token? {
    let token = try peek()
    peeked = nil
    return token
  }

  func error(_ reason: String) -> GambitFormatError { GambitFormatError(line: line, reason: reason) }

  /// - Throws: `GambitFormatError` when something else comes.
  mutating func expect(_ token: Token, _ meaning: String) throws {
    let found = try next()
    guard found == token else {
      throw error("\(token.described) is due (\(meaning)), but \(found?.described ?? "the end of the file") came")
    }
  }

  private mutating func read() throws -> Token? {
    while place < bytes.count, Self.isSeparator(bytes[place]) {
      if bytes[place] == UInt8(ascii: "\n") { line += 1 }
      place += 1
    }
    guard place < bytes.count else { return nil }
    switch bytes[place] {
    case UInt8(ascii: "{"):
      place += 1
      return .open
    case UInt8(ascii: "}"):
      place += 1
      return .close
    case UInt8(ascii: "\""): return try readText()
    default: return readWord()
    }
  }

  private mutating func readText() throws -> Token {
    let opened = line
    var text: [UInt8] = []
    place += 1
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if byte == UInt8(ascii: "\"") { return .text(String(decoding: text, as: UTF8.self)) }
      if byte == UInt8(ascii: "\n") { line += 1 }
      if byte == UInt8(ascii: "\\"), place < bytes.count, [UInt8(ascii: "\""), byte].contains(bytes[place]) {
        text.append(bytes[place])
        place += 1
      } else {
        text.append(byte)
      }
    }
    line = opened
    throw error("the string that begins here does not end")
  }

  private mutating func readWord() -> Token {
    let start = place
    while place < bytes.count, !Self.isSeparator(bytes[place]), !Self.isMark(bytes[place]) { place += 1 }
    return .word(String(decoding: bytes[start..<place], as: UTF8.self))
  }

  /// White space, and commas, which may stand between payoffs.
  private static func isSeparator(_ byte: UInt8) -> Bool {
    [UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"), UInt8(ascii: ",")].contains(byte)
  }

  private static func isMark(_ byte: UInt8) -> Bool {
    [UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "\"")].contains(byte)
  }
}
