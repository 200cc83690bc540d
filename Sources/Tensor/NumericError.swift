/// What can be wrong with the numbers that a function of this floor was given.
///
/// Functions check in this order, over all their arguments, so that the first complaint is the same everywhere: empty
/// input, shapes, finiteness, domains, and only then what is particular to the function.
public enum NumericError: Diagnosable, Equatable {
  case emptyInput(function: String, argument: String)
  case shapeMismatch(function: String, expected: String, given: String)
  case notFinite(function: String, argument: String)
  case invalidParameter(function: String, argument: String, given: String, allowed: String)
  case undefinedRatio(function: String, because: String)

  public var kind: String {
    switch self {
    case .emptyInput: "EmptyInput"
    case .shapeMismatch: "ShapeMismatch"
    case .notFinite: "NotFinite"
    case .invalidParameter: "InvalidParameter"
    case .undefinedRatio: "UndefinedRatio"
    }
  }

  public var message: String {
    switch self {
    case .emptyInput(_, let argument): "\(argument) must have at least one entry, but none was given"
    case .shapeMismatch(_, let expected, let given): "expected \(expected), got \(given)"
    case .notFinite(_, let argument): "\(argument) must be finite, but holds a value that is not"
    case .invalidParameter(_, let argument, let given, let allowed): "\(argument) must be \(allowed), got \(given)"
    case .undefinedRatio(_, let because): because
    }
  }

  /// With the function, which Lua's callers learn from the position instead.
  public var description: String {
    switch self {
    case .emptyInput(let function, _), .shapeMismatch(let function, _, _), .notFinite(let function, _),
      .invalidParameter(let function, _, _, _), .undefinedRatio(let function, _):
      "\(kind): \(function): \(message)"
    }
  }
}

/// The checks of one function, worded once.
public struct ArgumentCheck: Sendable {
  public let function: String

  public init(_ function: String) {
    self.function = function
  }

  public func nonEmpty(_ values: some Collection, _ argument: String) throws {
    if values.isEmpty { throw NumericError.emptyInput(function: function, argument: argument) }
  }

  public func shape(_ matches: Bool, expected: @autoclosure () -> String, given: @autoclosure () -> String) throws {
    if !matches { throw NumericError.shapeMismatch(function: function, expected: expected(), given: given()) }
  }

  public func finite(_ value: Double, _ argument: String) throws {
    if !value.isFinite { throw NumericError.notFinite(function: function, argument: argument) }
  }

  public func finite(_ values: some Sequence<Double>, _ argument: String) throws {
    if !values.allSatisfy(\.isFinite) { throw NumericError.notFinite(function: function, argument: argument) }
  }

  /// Whole doubles without their ".0": users wrote -1, not -1.0.
  private static func shown(_ value: Any) -> String {
    if let number = value as? Double, let whole = Int(exactly: number) { return String(whole) }
    return "\(value)"
  }

  public func domain(
    _ holds: Bool, _ argument: String, given: @autoclosure () -> Any, allowed: @autoclosure () -> String
  ) throws {
    if !holds {
      throw NumericError.invalidParameter(
        function: function, argument: argument, given: Self.shown(given()), allowed: allowed())
    }
  }
}
