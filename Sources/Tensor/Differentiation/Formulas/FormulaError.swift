/// What can be wrong in building or compiling a formula.
public enum FormulaError: Diagnosable, Equatable {
  case shapeMismatch(operation: String, left: FormulaShape, right: FormulaShape)
  case notScalar(operation: String, given: FormulaShape)
  case notMatrix(operation: String, given: FormulaShape)
  case invalidShape(operation: String, given: FormulaShape)
  case outOfRange(operation: String, given: String, shape: FormulaShape)
  case wrongCount(operation: String, expected: Int, given: Int)
  case differentGraphs(operation: String)
  case empty(operation: String)

  public var kind: String {
    switch self {
    case .shapeMismatch, .notScalar, .notMatrix, .wrongCount: "ShapeMismatch"
    case .invalidShape, .outOfRange, .differentGraphs: "InvalidParameter"
    case .empty: "EmptyInput"
    }
  }

  public var message: String {
    switch self {
    case .shapeMismatch(let operation, let left, let right): "\(operation) cannot combine \(left) with \(right)"
    case .notScalar(let operation, let given): "\(operation) needs a scalar, got \(given)"
    case .notMatrix(let operation, let given): "\(operation) needs a matrix, got \(given)"
    case .invalidShape(let operation, let given):
      "\(operation) needs at least one entry on every axis and at most 2^26 in all, got \(given)"
    case .outOfRange(let operation, let given, let shape): "\(operation) \(given) lies outside \(shape)"
    case .wrongCount(let operation, let expected, let given): "\(operation) needs \(expected) values, got \(given)"
    case .differentGraphs(let operation): "\(operation) got formulas of different graphs"
    case .empty(let operation): "\(operation) needs at least one formula, but none was given"
    }
  }
}
