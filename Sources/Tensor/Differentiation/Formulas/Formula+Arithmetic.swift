// Arithmetic on formulas and numbers.

extension Formula {
  public static func + (left: Formula, right: Formula) throws(FormulaError) -> Formula {
    try left.binary(.add, right)
  }

  public static func + (left: Formula, right: Double) -> Formula {
    left.binary(.add, right)
  }

  public static func + (left: Double, right: Formula) -> Formula {
    right.graph.formula(right.graph.binary(.add, right.graph.number(left), right.place))
  }

  public static func - (left: Formula, right: Formula) throws(FormulaError) -> Formula {
    try left.binary(.subtract, right)
  }

  public static func - (left: Formula, right: Double) -> Formula {
    left.binary(.subtract, right)
  }

  public static func - (left: Double, right: Formula) -> Formula {
    right.graph.formula(right.graph.binary(.subtract, right.graph.number(left), right.place))
  }

  public static func * (left: Formula, right: Formula) throws(FormulaError) -> Formula {
    try left.binary(.multiply, right)
  }

  public static func * (left: Formula, right: Double) -> Formula {
    left.binary(.multiply, right)
  }

  public static func * (left: Double, right: Formula) -> Formula {
    right.graph.formula(right.graph.binary(.multiply, right.graph.number(left), right.place))
  }

  public static func / (left: Formula, right: Formula) throws(FormulaError) -> Formula {
    try left.binary(.divide, right)
  }

  public static func / (left: Formula, right: Double) -> Formula {
    left.binary(.divide, right)
  }

  public static func / (left: Double, right: Formula) -> Formula {
    right.graph.formula(right.graph.binary(.divide, right.graph.number(left), right.place))
  }

  public static prefix func - (value: Formula) -> Formula { value.unary(.negate) }

  public func squared() -> Formula { unary(.square) }

  /// `self^exponent`. Whole exponents up to 32 are products, which negative bases have too.
  public func power(_ exponent: Double) -> Formula { binary(.power, exponent) }
  public func power(_ exponent: Formula) throws(FormulaError) -> Formula { try binary(.power, exponent) }
}

public func pow(_ base: Formula, _ exponent: Double) -> Formula { base.power(exponent) }
public func pow(_ base: Formula, _ exponent: Formula) throws(FormulaError) -> Formula { try base.power(exponent) }
