/// How a node's value answers to one of its operands, entry by entry.
struct LocalDerivative {
  /// What the change is multiplied by.
  let factor: Int
  /// Whether the factor is a weight: where it is 0 the operand has no part in the value, and neither has its change,
  /// even if that is infinite or NaN.
  let isWeight: Bool
}

/// A change of a node's value, or of a result's with respect to it.
struct Change {
  let place: Int
  /// Whether the change is 0 in places that the value does not depend on, because a condition chose otherwise.
  ///
  /// There an infinite local derivative must not make NaN of it: it is multiplied by `guardedMultiply`. Elsewhere a
  /// plain product keeps 0 times infinity the NaN that it is.
  let isMasked: Bool
}

extension FormulaGraph {
  /// The change times the derivative.
  func product(_ change: Change, _ derivative: LocalDerivative) -> Change {
    if derivative.isWeight {
      return Change(place: binary(.guardedMultiply, derivative.factor, change.place), isMasked: true)
    }
    let operation: BinaryOperation = change.isMasked ? .guardedMultiply : .multiply
    return Change(place: binary(operation, change.place, derivative.factor), isMasked: change.isMasked)
  }

  func sum(_ first: Change?, _ second: Change?) -> Change? {
    guard let first else { return second }
    guard let second else { return first }
    return Change(
      place: binary(.add, first.place, second.place), isMasked: first.isMasked || second.isMasked)
  }

  /// The derivatives of an entrywise node by each of its operands, nil where they are 0 everywhere.
  func localDerivatives(_ place: Int) -> [LocalDerivative?] {
    let node = nodes[place]
    switch node.operation {
    case .unary(let operation):
      return [derivative(operation, node.operands[0], place).map { LocalDerivative(factor: $0, isWeight: false) }]
    case .wholePower(let exponent):
      let factor = binary(.multiply, number(Double(exponent)), wholePower(node.operands[0], exponent - 1))
      return [LocalDerivative(factor: factor, isWeight: false)]
    case .binary(let operation):
      return derivatives(operation, node.operands[0], node.operands[1], place)
    default:
      return node.operands.map { _ in nil }
    }
  }

  /// d value / d x of value = operation(x).
  private func derivative(_ operation: UnaryOperation, _ x: Int, _ value: Int) -> Int? {
    let one = number(1)
    switch operation {
    case .negate: return number(-1)
    case .reciprocal: return unary(.negate, unary(.square, value))
    case .square: return binary(.multiply, number(2), x)
    case .squareRoot: return binary(.divide, number(0.5), value)
    case .exp: return value
    case .expMinusOne: return unary(.exp, x)
    case .log: return unary(.reciprocal, x)
    case .logOnePlus: return unary(.reciprocal, binary(.add, one, x))
    case .abs: return unary(.sign, x)
    case .sin: return unary(.cos, x)
    case .cos: return unary(.negate, unary(.sin, x))
    case .tanh: return binary(.subtract, one, unary(.square, value))
    case .sigmoid: return binary(.multiply, value, unary(.sigmoid, unary(.negate, x)))
    case .sign, .floor, .not: return nil
    }
  }

  private func derivatives(_ operation: BinaryOperation, _ x: Int, _ y: Int, _ value: Int) -> [LocalDerivative?] {
    func plain(_ factor: Int) -> LocalDerivative { LocalDerivative(factor: factor, isWeight: false) }
    func weight(_ factor: Int) -> LocalDerivative { LocalDerivative(factor: factor, isWeight: true) }
    switch operation {
    case .add: return [plain(number(1)), plain(number(1))]
    case .subtract: return [plain(number(1)), plain(number(-1))]
    case .multiply: return [plain(y), plain(x)]
    case .divide:
      let inverse = unary(.reciprocal, y)
      return [plain(inverse), plain(unary(.negate, binary(.multiply, value, inverse)))]
    case .power:
      let byBase = binary(.multiply, y, binary(.power, x, binary(.subtract, y, number(1))))
      // At base 0 the power's 0 outweighs the logarithm's infinity.
      let byExponent = binary(.guardedMultiply, value, unary(.log, x))
      return [plain(byBase), plain(byExponent)]
    case .maximum: return [weight(share(y, below: x)), weight(share(x, below: y))]
    case .minimum: return [weight(share(x, below: y)), weight(share(y, below: x))]
    case .guardedMultiply: return [plain(y), weight(x)]
    case .less, .lessOrEqual, .equal, .notEqual, .and, .or: return [nil, nil]
    }
  }

  /// 1 where x is below y, 1/2 where they are equal, else 0.
  private func share(_ x: Int, below y: Int) -> Int {
    binary(.add, binary(.less, x, y), binary(.multiply, number(0.5), binary(.equal, x, y)))
  }

  /// For each entry its share in an extreme: 1 over the number of ties, or 0.
  func extremeShare(_ place: Int, _ axis: FormulaAxis) -> Int {
    let x = nodes[place].operands[0]
    let ties = binary(.equal, x, spread(place, axis, to: shape(x)))
    let count = reduction(.sum, ties, axis)
    return binary(.divide, ties, spread(count, axis, to: shape(x)))
  }

  /// Which nodes depend on one of these, up to and including `last`.
  func dependents(of places: [Int], upTo last: Int) -> [Bool] {
    var depends = Array(repeating: false, count: last + 1)
    for place in places where place <= last { depends[place] = true }
    for place in 0...last where !depends[place] && nodes[place].operation != .held {
      depends[place] = nodes[place].operands.contains { depends[$0] }
    }
    return depends
  }
}
