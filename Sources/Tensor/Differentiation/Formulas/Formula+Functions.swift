// Functions of one or two formulas, entry by entry, under the C library's names.

public func sqrt(_ x: Formula) -> Formula { x.unary(.squareRoot) }
public func exp(_ x: Formula) -> Formula { x.unary(.exp) }
/// e^x - 1, without cancellation near 0.
public func expm1(_ x: Formula) -> Formula { x.unary(.expMinusOne) }
public func log(_ x: Formula) -> Formula { x.unary(.log) }
/// ln(1 + x), without cancellation near 0.
public func log1p(_ x: Formula) -> Formula { x.unary(.logOnePlus) }
public func abs(_ x: Formula) -> Formula { x.unary(.abs) }
public func sin(_ x: Formula) -> Formula { x.unary(.sin) }
public func cos(_ x: Formula) -> Formula { x.unary(.cos) }
public func tanh(_ x: Formula) -> Formula { x.unary(.tanh) }
/// 1 / (1 + e^-x).
public func sigmoid(_ x: Formula) -> Formula { x.unary(.sigmoid) }
public func floor(_ x: Formula) -> Formula { x.unary(.floor) }
/// 1 / x.
public func reciprocal(_ x: Formula) -> Formula { x.unary(.reciprocal) }
/// -1, 0 or 1; its derivative is 0.
public func sign(_ x: Formula) -> Formula { x.unary(.sign) }

public func min(_ x: Formula, _ y: Formula) throws(FormulaError) -> Formula { try x.binary(.minimum, y) }
public func min(_ x: Formula, _ y: Double) -> Formula { x.binary(.minimum, y) }
public func min(_ x: Double, _ y: Formula) -> Formula { y.binary(.minimum, x) }

public func max(_ x: Formula, _ y: Formula) throws(FormulaError) -> Formula { try x.binary(.maximum, y) }
public func max(_ x: Formula, _ y: Double) -> Formula { x.binary(.maximum, y) }
public func max(_ x: Double, _ y: Formula) -> Formula { y.binary(.maximum, x) }

extension Formula {
  /// Held to at least `low` and at most `high`.
  public func clamped(_ low: Double, _ high: Double) -> Formula {
    min(max(self, low), high)
  }

  public func clamped(_ low: Formula, _ high: Formula) throws(FormulaError) -> Formula {
    try min(max(self, low), high)
  }

  /// The same value, which derivatives take for a constant.
  public var held: Formula { graph.formula(graph.held(place)) }
}
