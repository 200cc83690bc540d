/// What names are made of in Lua, byte by byte.
enum LuaName {
  /// Letters, digits and the underscore, all of ASCII.
  static func isPart(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || isDigit(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte)
  }

  /// The same, and what joins names to a path: `fl.federation`, `fed:train`.
  static func isPartOfPath(_ byte: UInt8) -> Bool {
    isPart(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":")
  }

  /// Whether a text may stand where a name must, keywords aside.
  static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, !isDigit(first) else { return false }
    return text.utf8.allSatisfy(isPart)
  }

  static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }
}
