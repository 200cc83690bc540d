import CLuaShim
import Tensor

/// One named option of a function: how it reads from Lua, and how it is described.
struct Parameter<Value> {
  let name: String
  let summary: String
  /// The type in words: "a whole number".
  let typeName: String
  let unit: String?
  let domain: Domain?
  /// What stands for an option that was not given; nil makes it required.
  let fallback: Value?
  /// The fallback in words, for help.
  let fallbackText: String?
  /// The words that are allowed, for choices.
  let choices: [String]
  let read: @Sendable (LuaStack, Int32) throws -> Value
}

extension Parameter: Sendable where Value: Sendable {}

/// A parameter whose value type does not matter.
protocol AnyParameter {
  var name: String { get }
  var summary: String { get }
  var typeName: String { get }
  var unit: String? { get }
  var domain: Domain? { get }
  var fallbackText: String? { get }
  var choices: [String] { get }
  var isRequired: Bool { get }
  func readAny(_ stack: LuaStack, _ index: Int32) throws -> Any
  var anyFallback: Any? { get }
}

extension Parameter: AnyParameter {
  var isRequired: Bool { fallback == nil }
  var anyFallback: Any? { fallback.map { $0 as Any } }

  func readAny(_ stack: LuaStack, _ index: Int32) throws -> Any { try read(stack, index) }
}

/// The values that a number may take, checked and told in the same words.
struct Domain: Sendable {
  let description: String
  let contains: @Sendable (Double) -> Bool

  static func atLeast(_ bound: Double) -> Domain { Domain(description: "at least \(shown(bound))") { $0 >= bound } }
  static func between(_ low: Double, _ high: Double) -> Domain {
    Domain(description: "between \(shown(low)) and \(shown(high))") { low <= $0 && $0 <= high }
  }
  static let positive = Domain(description: "above 0") { $0 > 0 }
  static let nonNegative = Domain(description: "at least 0") { $0 >= 0 }
  static let fraction = Domain(description: "at least 0 and below 1") { 0 <= $0 && $0 < 1 }
  static let finite = Domain(description: "finite") { $0.isFinite }
  static let money = Domain(description: "finite and at least 0") { $0.isFinite && $0 >= 0 }

  private static func shown(_ value: Double) -> String {
    Int(exactly: value).map(String.init) ?? "\(value)"
  }
}

/// A value that is not what a parameter asks for.
struct Mismatch: Error {
  var kind = "InvalidParameter"
  /// Where inside the value, such as "[2][1]".
  var place = ""
  let expected: String
  let given: String

  init(_ expected: String, _ stack: LuaStack, _ index: Int32, place: String = "") {
    self.expected = expected
    self.place = place
    given = ValueSketch.of(stack, index)
  }

  init(kind: String, expected: String, given: String) {
    self.kind = kind
    self.expected = expected
    self.given = given
  }
}

/// A value in a few words, for error messages.
enum ValueSketch {
  static func of(_ stack: LuaStack, _ index: Int32) -> String {
    switch stack.kind(at: index) {
    case .none: return "nil"
    case .boolean: return stack.description(at: index)
    // No number has no sign that would mean anything, but the C library prints one.
    case .number: return stack.number(at: index).isNaN ? "nan" : stack.description(at: index)
    case .string:
      guard stack.text(at: index) != nil else { return "a string that is not UTF-8" }
      let text = stack.displayText(at: index)
      return "the string \"\(text.count > 40 ? text.prefix(40) + "..." : text[...])\""
    case .table: return stack.length(at: index) > 0 ? "a list of \(stack.length(at: index))" : "a table"
    case .userdata: return stack.object(at: index).map { "a \(Swift.type(of: $0).typeName)" } ?? "a userdata"
    case .function: return "a function"
    case .thread: return "a coroutine"
    }
  }
}
