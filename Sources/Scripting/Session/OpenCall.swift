/// The call whose braces are open where the text ends: `fl.federation{ clients = 3, `.
struct OpenCall {
  let function: String
  /// The options already given.
  let given: Set<String>
  /// The option whose value the cursor stands at.
  let option: String
  let atValue: Bool

  /// - Parameter text: code without strings and comments, as `CursorContext` has it.
  init?(_ text: ArraySlice<UInt8>) {
    var depth = 0
    var index = text.endIndex
    var brace: Int?
    while index > text.startIndex {
      index -= 1
      switch text[index] {
      case UInt8(ascii: "}"), UInt8(ascii: ")"): depth += 1
      case UInt8(ascii: "("):
        depth -= 1
        if depth < 0 { return nil }
      case UInt8(ascii: "{"):
        depth -= 1
        if depth < 0 { brace = index }
      default: break
      }
      if brace != nil { break }
    }
    guard let brace else { return nil }
    var end = brace
    while end > text.startIndex, text[end - 1] == 32 || text[end - 1] == UInt8(ascii: "(") { end -= 1 }
    var start = end
    while start > text.startIndex, LuaName.isPartOfPath(text[start - 1]) { start -= 1 }
    guard start < end else { return nil }
    function = String(decoding: text[start..<end], as: UTF8.self)

    let inside = String(decoding: text[(brace + 1)...], as: UTF8.self)
    let parts = Self.topLevelParts(inside)
    given = Set(parts.compactMap { $0.contains("=") ? Self.name($0) : nil })
    let last = parts.last ?? ""
    atValue = last.contains("=")
    option = Self.name(last)
  }

  private static func name(_ part: String) -> String {
    String(part.prefix { $0 != "=" }).trimmingSpaces
  }

  /// The comma-separated parts outside inner brackets.
  private static func topLevelParts(_ text: String) -> [String] {
    var parts = [""]
    var depth = 0
    for character in text {
      if "({[".contains(character) { depth += 1 }
      if ")}]".contains(character) { depth -= 1 }
      if depth == 0, character == "," || character == ";" {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    return parts
  }
}
