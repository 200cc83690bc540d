import Tensor

/// Why a function of the two-level market refused its input, under the names of that market's specification.
public enum EdgeError: Diagnosable, Equatable {
  case emptyInput(String)
  case lengthMismatch(String, given: Int, expected: Int)
  case nonFinite(String, given: Double)
  case negative(String, given: Double)
  case nonPositive(String, given: Double)
  case outOfRange(String, given: String, allowed: String)
  /// Like `lengthMismatch`, of things that are not counted by workers.
  case sizeMismatch(String, given: Int, expected: Int)
  case tooManyBidders(given: Int, allowed: Int)

  public var kind: String {
    switch self {
    case .emptyInput: "EmptyInput"
    case .lengthMismatch, .sizeMismatch: "LengthMismatch"
    case .nonFinite: "NonFinite"
    case .negative: "Negative"
    case .nonPositive: "NonPositive"
    case .outOfRange: "OutOfRange"
    case .tooManyBidders: "TooManyBidders"
    }
  }

  public var message: String {
    switch self {
    case .emptyInput(let name): "the \(name) must have at least one entry, but none was given"
    case .lengthMismatch(let name, let given, let expected):
      "the \(name) cover \(given) worker\(given == 1 ? "" : "s"), but there are \(expected)"
    case .nonFinite(let name, let given): "the \(name) must be a finite number, but is \(given)"
    case .negative(let name, let given): "the \(name) must be at least 0, but is \(given)"
    case .nonPositive(let name, let given): "the \(name) must be above 0, but is \(given)"
    case .outOfRange(let name, let given, let allowed): "the \(name) must be \(allowed), but is \(given)"
    case .sizeMismatch(let name, let given, let expected): "the \(name) must be \(expected), but there are \(given)"
    case .tooManyBidders(let given, let allowed):
      "every set of the \(given) bidders would have to be valued, which is done for at most \(allowed)"
    }
  }

  static func checkFinite(_ values: KeyValuePairs<String, Double>) throws {
    for (name, value) in values where !value.isFinite { throw nonFinite(name, given: value) }
  }

  static func checkNonNegative(_ values: KeyValuePairs<String, Double>) throws {
    try checkFinite(values)
    for (name, value) in values where value < 0 { throw negative(name, given: value) }
  }

  static func checkPositive(_ values: KeyValuePairs<String, Double>) throws {
    try checkFinite(values)
    for (name, value) in values where value <= 0 { throw nonPositive(name, given: value) }
  }

  /// The distance of two distributions, which may exceed 2 by what their sums may miss 1.
  static func checkDistance(_ value: Double) throws {
    try checkFinite(["EMD": value])
    guard (0...(2 + 1e-5)).contains(value) else {
      throw outOfRange("EMD", given: "\(value)", allowed: "from 0 to 2")
    }
  }
}
