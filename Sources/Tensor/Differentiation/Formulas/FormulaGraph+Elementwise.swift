// Nodes that work entry by entry. Operands' shapes are known to fit: whoever calls has checked. Identities are applied
// where they hold for every number, infinities and NaN too; only the sign of a zero may differ.

extension FormulaGraph {
  func number(_ value: Double) -> Int {
    node(.constant(ConstantValues([value])), [], .scalar)
  }

  func table(_ values: [Double], _ shape: FormulaShape) -> Int {
    if let first = values.first, values.allSatisfy({ $0.bitPattern == first.bitPattern }) {
      return broadcast(number(first), to: shape)
    }
    return node(.constant(ConstantValues(values)), [], shape)
  }

  /// The number that all entries are, if they are one constant.
  func uniformValue(_ place: Int) -> Double? {
    switch nodes[place].operation {
    case .constant(let values): values.bits.count == 1 ? Double(bitPattern: values.bits[0]) : nil
    case .broadcast, .reshape: uniformValue(nodes[place].operands[0])
    default: nil
    }
  }

  private func operand(of place: Int, if operation: UnaryOperation) -> Int? {
    nodes[place].operation == .unary(operation) ? nodes[place].operands[0] : nil
  }

  func unary(_ operation: UnaryOperation, _ x: Int) -> Int {
    if let value = uniformValue(x) { return broadcast(number(operation.value(value)), to: shape(x)) }
    switch operation {
    case .negate:
      if let inner = operand(of: x, if: .negate) { return inner }
      if nodes[x].operation == .binary(.subtract) {
        return binary(.subtract, nodes[x].operands[1], nodes[x].operands[0])
      }
    case .abs:
      if operand(of: x, if: .abs) != nil { return x }
      if let inner = operand(of: x, if: .negate) { return unary(.abs, inner) }
    case .square:
      if let inner = operand(of: x, if: .negate) ?? operand(of: x, if: .abs) { return unary(.square, inner) }
    default: break
    }
    return node(.unary(operation), [x], shape(x))
  }

  func binary(_ operation: BinaryOperation, _ first: Int, _ second: Int) -> Int {
    guard let shape = shape(first).broadcast(with: shape(second)) else { return first }
    if let x = uniformValue(first), let y = uniformValue(second) {
      return broadcast(number(operation.value(x, y)), to: shape)
    }
    var (x, y) = (stretchable(first, beside: second, to: shape), second)
    y = stretchable(y, beside: x, to: shape)
    if operation.isCommutative, y < x { swap(&x, &y) }
    return simplified(operation, x, y, shape) ?? node(.binary(operation), [x, y], shape)
  }

  /// What a broadcast stretches, if the operation stretches it just as well.
  private func stretchable(_ place: Int, beside other: Int, to shape: FormulaShape) -> Int {
    guard nodes[place].operation == .broadcast else { return place }
    let inner = nodes[place].operands[0]
    return self.shape(inner).broadcast(with: self.shape(other)) == shape ? inner : place
  }

  private func simplified(_ operation: BinaryOperation, _ x: Int, _ y: Int, _ shape: FormulaShape) -> Int? {
    let (left, right) = (uniformValue(x), uniformValue(y))
    // Only an operand of the result's shape can stand for the result.
    let (isX, isY) = (self.shape(x) == shape, self.shape(y) == shape)
    switch operation {
    case .add:
      if left == 0, isY { return y }
      if right == 0, isX { return x }
      if x == y { return binary(.multiply, number(2), x) }
      if let inner = operand(of: y, if: .negate) { return binary(.subtract, x, inner) }
      if let inner = operand(of: x, if: .negate) { return binary(.subtract, y, inner) }
    case .subtract:
      if left == 0, isY { return unary(.negate, y) }
      if right == 0, isX { return x }
      if let inner = operand(of: y, if: .negate) { return binary(.add, x, inner) }
    case .multiply, .guardedMultiply:
      if left == 1, isY { return y }
      if right == 1, isX { return x }
      if left == -1, isY { return unary(.negate, y) }
      if right == -1, isX { return unary(.negate, x) }
      if x == y { return unary(.square, x) }
      if let inner = operand(of: x, if: .negate) { return unary(.negate, binary(operation, inner, y)) }
      if let inner = operand(of: y, if: .negate) { return unary(.negate, binary(operation, x, inner)) }
    case .divide:
      if right == 1, isX { return x }
      if left == 1, isY { return unary(.reciprocal, y) }
      // Dividing by a power of two and multiplying by its inverse are the same, to the last bit.
      if let right, right.significand == 1, (1 / right).isNormal { return binary(.multiply, x, number(1 / right)) }
    case .power:
      if let right, isX { return power(x, right) }
    case .minimum, .maximum:
      if x == y { return x }
    default: break
    }
    return nil
  }

  /// x to a constant power. Whole powers up to 32 are products, whose error grows with the power; larger ones are not.
  private func power(_ x: Int, _ exponent: Double) -> Int? {
    switch exponent {
    case 0: broadcast(number(1), to: shape(x))
    case 1: x
    case 2: unary(.square, x)
    case 0.5: unary(.squareRoot, x)
    case -0.5: unary(.reciprocal, unary(.squareRoot, x))
    default:
      if let whole = Int(exactly: exponent), whole.magnitude <= 32 {
        whole > 0 ? wholePower(x, whole) : unary(.reciprocal, wholePower(x, -whole))
      } else {
        nil
      }
    }
  }

  /// x to a power of 1 or more.
  func wholePower(_ x: Int, _ exponent: Int) -> Int {
    switch exponent {
    case ...1: x
    case 2: unary(.square, x)
    default: node(.wholePower(exponent), [x], shape(x))
    }
  }

  func select(_ condition: Int, _ first: Int, _ second: Int) -> Int {
    guard let branches = shape(first).broadcast(with: shape(second)),
      let shape = branches.broadcast(with: shape(condition))
    else { return first }
    if first == second { return broadcast(first, to: shape) }
    if let value = uniformValue(condition) { return broadcast(value == 0 ? second : first, to: shape) }
    return node(.select, [condition, first, second], shape)
  }

  func held(_ x: Int) -> Int {
    nodes[x].operation == .held || uniformValue(x) != nil ? x : node(.held, [x], shape(x))
  }
}
