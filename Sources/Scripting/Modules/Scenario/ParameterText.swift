import Core

/// A parameter's value as the command line gives it, read after the kind of its default.
struct ParameterText {
  let text: String

  /// A number for a number, `true` or `false` for a boolean, a list in braces for a list, the text itself for a string.
  /// - Returns: nil for a text of another kind.
  func value(like fallback: JSON) -> JSON? {
    switch fallback {
    case .integer, .number: Self.number(text)
    case .bool: ["true": JSON.bool(true), "false": JSON.bool(false)][text]
    case .string: .string(text)
    case .array: list
    case .null, .object: nil
    }
  }

  /// What `value(like:)` asks for, in words.
  static func kind(of fallback: JSON) -> String {
    switch fallback {
    case .integer, .number: "a number"
    case .bool: "true or false"
    case .string: "a text"
    case .array: "a list in braces, such as {1,2,3}"
    case .null, .object: "nothing that a command line can say"
    }
  }

  private var list: JSON? {
    guard text.first == "{", text.last == "}", text.count >= 2 else { return nil }
    let inside = text.dropFirst().dropLast()
    if inside.allSatisfy({ $0 == " " }) { return .array([]) }
    return .array(
      inside.split(separator: ",", omittingEmptySubsequences: false).map { part in
        let word = String(part).trimmingSpaces
        return Self.number(word) ?? .string(word)
      })
  }

  private static func number(_ text: String) -> JSON? {
    if let whole = Int64(text) { return .integer(whole) }
    guard let number = Double(text), number.isFinite else { return nil }
    return .number(number)
  }
}
