/// What a node of a graph does with its operands.
enum Operation: Hashable, Sendable {
  case input(Int)
  case constant(ConstantValues)
  case unary(UnaryOperation)
  /// A whole power, by multiplication.
  case wholePower(Int)
  case binary(BinaryOperation)
  /// The second operand where the first is not 0, else the third.
  case select
  /// The operand, as a constant to derivatives.
  case held
  case broadcast
  case reduction(ReductionOperation, FormulaAxis)
  case matrixProduct
  case transposition
  case reshape
  /// The part of the node's shape that begins here.
  case slice(row: Int, column: Int)
  /// The operand at this place, and zeros around it.
  case padding(row: Int, column: Int)
  /// One below the other (`rows`) or one beside the other (`columns`).
  case concatenation(FormulaAxis)
}

enum UnaryOperation: String, Hashable, Sendable, CaseIterable {
  case negate, reciprocal, square, squareRoot, exp, expMinusOne, log, logOnePlus, abs, sign, sin, cos, tanh, sigmoid
  case floor, not
}

enum BinaryOperation: String, Hashable, Sendable, CaseIterable {
  case add, subtract, multiply, divide, power, minimum, maximum
  case less, lessOrEqual, equal, notEqual, and, or
  /// The product, but 0 where the first operand is 0, even if the second is infinite or NaN: how derivatives stay out
  /// of branches that were not taken.
  case guardedMultiply

  var isCommutative: Bool {
    switch self {
    case .add, .multiply, .minimum, .maximum, .equal, .notEqual, .and, .or: true
    default: false
    }
  }
}

enum ReductionOperation: String, Hashable, Sendable {
  case sum, maximum, minimum
}

/// Constants, equal only if their bits are: 0 is not -0 here, and NaN is itself.
struct ConstantValues: Hashable, Sendable {
  let bits: [UInt64]

  init(_ values: [Double]) { bits = values.map(\.bitPattern) }

  var values: [Double] { bits.map(Double.init(bitPattern:)) }
}
