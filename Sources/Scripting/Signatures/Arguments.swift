import CLuaShim
import Tensor

/// The checked arguments of one call, by parameter.
struct Arguments {
  /// One per parameter of the signature.
  private let values: [Any?]
  private let signature: Signature
  let stack: LuaStack

  subscript<Value>(parameter: Parameter<Value>) -> Value {
    guard let place = signature.place(of: parameter.name), let value = values[place] as? Value else {
      preconditionFailure("parameter '\(parameter.name)' is not in the signature of \(signature.name)")
    }
    return value
  }

  /// Reads and checks the arguments of the current call from position `first` on: one table of named options, or the
  /// options in their declared order.
  init(_ stack: LuaStack, _ signature: Signature, from first: Int32 = 1) throws {
    self.stack = stack
    self.signature = signature
    var values = [Any?](repeating: nil, count: signature.parameters.count)
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
        values[offset] = try Self.read(stack, parameter, index)
      }
    }
    for (place, parameter) in signature.parameters.enumerated() where values[place] == nil {
      guard let fallback = parameter.anyFallback else {
        throw ScriptError.invalidParameter(
          "option '\(parameter.name)' is missing (\(parameter.typeName): \(parameter.summary))")
      }
      values[place] = .some(fallback)
    }
    self.values = values
  }

  private static func readTable(
    _ stack: LuaStack, _ signature: Signature, _ table: Int32, into values: inout [Any?]
  ) throws {
    if stack.length(at: table) > 0 {
      guard let name = signature.listParameter, let place = signature.place(of: name) else {
        throw ScriptError.invalidParameter(
          "options are given by name, as in { \(signature.parameters.first?.name ?? "name") = ... }, not as a list")
      }
      values[place] = try read(stack, signature.parameters[place], table)
    }
    try stack.forEach(at: table) {
      if stack.kind(at: -2) == .number { return }
      let key = stack.kind(at: -2) == .string ? stack.displayText(at: -2) : stack.description(at: -2)
      guard let place = signature.place(of: key) else { throw unknown(key, signature) }
      values[place] = try read(stack, signature.parameters[place], stack.count)
    }
  }

  private static func read(_ stack: LuaStack, _ parameter: any AnyParameter, _ index: Int32) throws -> Any {
    do {
      let value = try parameter.readAny(stack, index)
      if let domain = parameter.domain, let number = value as? Double ?? (value as? Int).map(Double.init),
        !domain.contains(number)
      {
        let kind = number.isFinite ? "InvalidParameter" : "NotFinite"
        throw Mismatch(kind: kind, expected: domain.description, given: ValueSketch.of(stack, index))
      }
      return value
    } catch let mismatch as Mismatch {
      throw ArgumentError(parameter: parameter.name, mismatch: mismatch)
    }
  }

  private static func unknown(_ key: String, _ signature: Signature) -> ScriptError {
    let names = signature.parameterNames
    let near = Suggestion.clause(for: key, among: names)
    let known = names.isEmpty ? "it takes none" : "its options: " + names.joined(separator: ", ")
    return .invalidParameter("unknown option '\(key)'\(near)", hint: near.isEmpty ? known : nil)
  }

  private static func tooMany(_ count: Int32, _ signature: Signature) -> String {
    let most = signature.parameters.count
    return "takes \(most == 0 ? "no arguments" : "at most \(most) argument\(most == 1 ? "" : "s")"), got \(count)"
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
