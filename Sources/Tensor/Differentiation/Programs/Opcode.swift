/// What an instruction of a compiled program does.
enum Opcode: UInt8, Sendable {
  case copy, negate, reciprocal, square, squareRoot, exp, expMinusOne, log, logOnePlus, abs, sign, sin, cos, tanh
  case sigmoid, floor, not
  case wholePower
  case add, subtract, multiply, divide, power, minimum, maximum, less, lessOrEqual, equal, notEqual, and, or
  case guardedMultiply
  /// a * b + c, a * b - c, c - a * b, each rounded once.
  case multiplyAdd, multiplySubtract, subtractProduct
  case select
  case sum, largest, smallest
  case matrixProduct
  case move, clear
}

extension UnaryOperation {
  var opcode: Opcode {
    switch self {
    case .negate: .negate
    case .reciprocal: .reciprocal
    case .square: .square
    case .squareRoot: .squareRoot
    case .exp: .exp
    case .expMinusOne: .expMinusOne
    case .log: .log
    case .logOnePlus: .logOnePlus
    case .abs: .abs
    case .sign: .sign
    case .sin: .sin
    case .cos: .cos
    case .tanh: .tanh
    case .sigmoid: .sigmoid
    case .floor: .floor
    case .not: .not
    }
  }
}

extension BinaryOperation {
  var opcode: Opcode {
    switch self {
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    case .power: .power
    case .minimum: .minimum
    case .maximum: .maximum
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .equal: .equal
    case .notEqual: .notEqual
    case .and: .and
    case .or: .or
    case .guardedMultiply: .guardedMultiply
    }
  }
}

extension ReductionOperation {
  var opcode: Opcode {
    switch self {
    case .sum: .sum
    case .maximum: .largest
    case .minimum: .smallest
    }
  }
}
