#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// What operations give for numbers: for folding constants.

extension UnaryOperation {
  func value(_ x: Double) -> Double {
    switch self {
    case .negate: -x
    case .reciprocal: 1 / x
    case .square: x * x
    case .squareRoot: x.squareRoot()
    case .exp: systemExp(x)
    case .expMinusOne: expm1(x)
    case .log: systemLog(x)
    case .logOnePlus: log1p(x)
    case .abs: x.magnitude
    case .sign: x > 0 ? 1 : x < 0 ? -1 : x
    case .sin: systemSin(x)
    case .cos: systemCos(x)
    case .tanh: systemTanh(x)
    case .sigmoid: x < 0 ? systemExp(x) / (1 + systemExp(x)) : 1 / (1 + systemExp(-x))
    case .floor: x.rounded(.down)
    case .not: x == 0 ? 1 : 0
    }
  }
}

extension BinaryOperation {
  func value(_ x: Double, _ y: Double) -> Double {
    switch self {
    case .add: x + y
    case .subtract: x - y
    case .multiply: x * y
    case .divide: x / y
    case .power: systemPower(x, y)
    case .minimum: y < x || y.isNaN ? y : x
    case .maximum: x < y || y.isNaN ? y : x
    case .less: x < y ? 1 : 0
    case .lessOrEqual: x <= y ? 1 : 0
    case .equal: x == y ? 1 : 0
    case .notEqual: x == y ? 0 : 1
    case .and: x != 0 && y != 0 ? 1 : 0
    case .or: x != 0 || y != 0 ? 1 : 0
    case .guardedMultiply: x == 0 ? 0 : x * y
    }
  }
}

// By their full names, for the cases above bear the short ones.
private func systemExp(_ x: Double) -> Double { exp(x) }
private func systemLog(_ x: Double) -> Double { log(x) }
private func systemSin(_ x: Double) -> Double { sin(x) }
private func systemCos(_ x: Double) -> Double { cos(x) }
private func systemTanh(_ x: Double) -> Double { tanh(x) }
private func systemPower(_ x: Double, _ y: Double) -> Double { pow(x, y) }
