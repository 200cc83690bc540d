import CLuaShim
import Tensor

/// The checked arguments of one call, by parameter.
struct Arguments {
  private let values: [String: Any]
  let stack: LuaStack
  /// The names that the caller gave, so that a function can tell a default from a choice.
  let given: Set<String>

  subscript<Value>(parameter: Parameter<Value>) -> Value {
    guard let value = values[parameter.name] as? Value else {
      preconditionFailure("parameter '\(parameter.name)' is not in the function's signature")
    }
    return value
  }

  /// Reads and checks the arguments of the current call from position `first` on: one table of named options, or the
  /// options in their declared order.
  init(_ stack: LuaStack, _ signature: Signature, from first: Int32 = 1) throws {
    self.stack = stack
    var values: [String: Any] = [:]
    let count = stack.count - first + 1
    if count == 1, stack.kind(at: first) == .table, !signature.takesPlainTable {
      try Self.readTable(stack, signature, first, into: &values)
    } else {
      guard count <= signature.parameters.count else {
        throw ScriptError.invalidParameter(Self.tooMany(count, signature))
      }
      for (offset, parameter) in signature.parameters.enumerated() where Int32(offset) < count {
        let index = first + Int32(offset)
        if stack.kind(at: index) == .none { continue }
        values[parameter.name] = try Self.read(stack, parameter, index)
      }
    }
    given = Set(values.keys)
    for parameter in signature.parameters where values[parameter.name] == nil {
      guard let fallback = parameter.anyFallback else {
        throw ScriptError.invalidParameter(
          "option '\(parameter.name)' is missing (\(parameter.typeName): \(parameter.summary))")
      }
      values[parameter.name] = fallback
    }
    self.values = values
  }

  private static func readTable(
    _ stack: LuaStack, _ signature: Signature, _ table: Int32, into values: inout [String: Any]
  ) throws {
    if stack.length(at: table) > 0 {
      guard let name = signature.listParameter,
        let parameter = signature.parameters.first(where: { $0.name == name })
      else {
        throw ScriptError.invalidParameter(
          "options are given by name, as in { \(signature.parameters.first?.name ?? "name") = ... }, not as a list")
      }
      values[name] = try read(stack, parameter, table)
    }
    try stack.forEach(at: table) {
      if stack.kind(at: -2) == .number { return }
      let key = stack.kind(at: -2) == .string ? stack.displayText(at: -2) : stack.description(at: -2)
      guard let parameter = signature.parameters.first(where: { $0.name == key }) else {
        throw unknown(key, signature)
      }
      values[key] = try read(stack, parameter, stack.count)
    }
  }

  private static func read(_ stack: LuaStack, _ parameter: any AnyParameter, _ index: Int32) throws -> Any {
    do {
      let value = try parameter.readAny(stack, index)
      if let domain = parameter.domain, let number = value as? Double ?? (value as? Int).map(Double.init),
        !domain.contains(number)
      {
        let kind = number.isNaN ? "NotFinite" : "InvalidParameter"
        throw Mismatch(kind: kind, expected: domain.description, given: ValueSketch.of(stack, index))
      }
      return value
    } catch let mismatch as Mismatch {
      throw ArgumentError(parameter: parameter.name, mismatch: mismatch)
    }
  }

  private static func unknown(_ key: String, _ signature: Signature) -> ScriptError {
    let names = signature.parameters.map(\.name)
    if let near = Suggestion.nearest(to: key, among: names) {
      return .invalidParameter("unknown option '\(key)' (did you mean '\(near)'?)")
    }
    let known = names.isEmpty ? "it takes none" : "its options: " + names.joined(separator: ", ")
    return .invalidParameter("unknown option '\(key)'", hint: known)
  }

  private static func tooMany(_ count: Int32, _ signature: Signature) -> String {
    let most = signature.parameters.count
    return "takes \(most == 0 ? "no arguments" : "at most \(most) argument\(most == 1 ? "" : "s")"), got \(count)"
  }
}

extension Signature {
  /// Whether a lone table is the first argument itself rather than the table of options: for words such as `inspect`.
  var takesPlainTable: Bool {
    parameters.first?.typeName == "anything"
  }
}

/// An option with a value that it cannot take.
struct ArgumentError: Diagnosable {
  let parameter: String
  let mismatch: Mismatch

  var kind: String { mismatch.kind }
  var message: String {
    "option '\(parameter)\(mismatch.place)' must be \(mismatch.expected), got \(mismatch.given)"
  }
}
