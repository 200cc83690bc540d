import Core

/// What a contract's source may not say although Lua understands it.
///
/// Two operators are refused before Lua sees them, because no library stands behind them that could leave them out: `^`,
/// whose last bit depends on the C library, and `...`, with which one instruction could copy thousands of values.
struct ContractSource {
  private let bytes: [UInt8]
  private var position = 0
  private var line = 1

  /// - Throws: `ContractFailure` of cause `.invalidContract`.
  static func check(_ source: [UInt8]) throws(ContractFailure) {
    guard source.count <= ContractLimits.source else {
      throw ContractFailure(
        .invalidContract, "a contract's source may have \(ContractLimits.source) bytes, not \(source.count)")
    }
    guard source.first != 0x1b else {
      throw ContractFailure(.invalidContract, "a contract is source text; compiled code is refused")
    }
    var scanner = ContractSource(bytes: source)
    try scanner.scan()
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  private mutating func scan() throws(ContractFailure) {
    while let byte = peek() {
      switch byte {
      case UInt8(ascii: "-") where peek(1) == UInt8(ascii: "-"): skipComment()
      case UInt8(ascii: "\""), UInt8(ascii: "'"): skipText(endedBy: byte)
      case UInt8(ascii: "["):
        if let level = longBracketLevel() { skipLongText(level: level) } else { advance() }
      case UInt8(ascii: "^"): throw refusal("the operator '^' is not exact; multiply instead")
      case UInt8(ascii: ".") where peek(1) == byte && peek(2) == byte:
        throw refusal("variable arguments '...' are refused; pass a list")
      default: advance()
      }
    }
  }

  private func refusal(_ message: String) -> ContractFailure {
    ContractFailure(.invalidContract, message, line: line)
  }

  private func peek(_ offset: Int = 0) -> UInt8? {
    position + offset < bytes.count ? bytes[position + offset] : nil
  }

  private mutating func advance(_ count: Int = 1) {
    for _ in 0..<count where position < bytes.count {
      if bytes[position] == UInt8(ascii: "\n") { line += 1 }
      position += 1
    }
  }

  private mutating func skipComment() {
    advance(2)
    if peek() == UInt8(ascii: "["), let level = longBracketLevel() {
      skipLongText(level: level)
    } else {
      while let byte = peek(), byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r") { advance() }
    }
  }

  /// An unfinished text ends with its line, as in Lua, which then reports it.
  private mutating func skipText(endedBy quote: UInt8) {
    advance()
    while let byte = peek(), byte != quote, byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r") {
      guard byte == UInt8(ascii: "\\") else {
        advance()
        continue
      }
      advance()
      switch peek() {
      case UInt8(ascii: "z"):
        advance()
        while let blank = peek(), [0x20, 0x09, 0x0a, 0x0b, 0x0c, 0x0d].contains(blank) { advance() }
      case UInt8(ascii: "\r"): advance(peek(1) == UInt8(ascii: "\n") ? 2 : 1)
      case UInt8(ascii: "\n"): advance(peek(1) == UInt8(ascii: "\r") ? 2 : 1)
      default: advance()
      }
    }
    advance()
  }

  /// The number of equals signs when a long bracket opens here.
  private func longBracketLevel() -> Int? {
    var level = 0
    while peek(1 + level) == UInt8(ascii: "=") { level += 1 }
    return peek(1 + level) == UInt8(ascii: "[") ? level : nil
  }

  private mutating func skipLongText(level: Int) {
    advance(level + 2)
    while let byte = peek() {
      if byte == UInt8(ascii: "]"), closes(level) {
        advance(level + 2)
        return
      }
      advance()
    }
  }

  private func closes(_ level: Int) -> Bool {
    for offset in 0..<level where peek(1 + offset) != UInt8(ascii: "=") { return false }
    return peek(1 + level) == UInt8(ascii: "]")
  }
}
