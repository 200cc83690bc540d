// Conditions, which are 1 where they hold and 0 where not, and what depends on them.

extension Formula {
  public static func .< (left: Formula, right: Formula) throws(FormulaError) -> Formula {
    try left.binary(.less, right)
  }

  public static func .< (left: Formula, right: Double) -> Formula {
    left.binary(.less, right)
  }

  public static func .<= (left: Formula, right: Formula) throws(FormulaError) -> Formula {
    try left.binary(.lessOrEqual, right)
  }

  public static func .<= (left: Formula, right: Double) -> Formula {
    left.binary(.lessOrEqual, right)
  }

  public static func .> (left: Formula, right: Formula) throws(FormulaError) -> Formula {
    try right.binary(.less, left)
  }

  public static func .> (left: Formula, right: Double) -> Formula {
    left.graph.formula(left.graph.binary(.less, left.graph.number(right), left.place))
  }

  public static func .>= (left: Formula, right: Formula) throws(FormulaError) -> Formula {
    try right.binary(.lessOrEqual, left)
  }

  public static func .>= (left: Formula, right: Double) -> Formula {
    left.graph.formula(left.graph.binary(.lessOrEqual, left.graph.number(right), left.place))
  }

  public static func .== (left: Formula, right: Formula) throws(FormulaError) -> Formula {
    try left.binary(.equal, right)
  }

  public static func .== (left: Formula, right: Double) -> Formula {
    left.binary(.equal, right)
  }

  public static func .!= (left: Formula, right: Formula) throws(FormulaError) -> Formula {
    try left.binary(.notEqual, right)
  }

  public static func .!= (left: Formula, right: Double) -> Formula {
    left.binary(.notEqual, right)
  }

  public static func .& (left: Formula, right: Formula) throws(FormulaError) -> Formula {
    try left.binary(.and, right)
  }

  public static func .| (left: Formula, right: Formula) throws(FormulaError) -> Formula {
    try left.binary(.or, right)
  }

  public static prefix func .! (condition: Formula) -> Formula { condition.unary(.not) }
}

prefix operator .!

/// `first` where the condition is not 0, else `second`.
///
/// Of the branch that is not taken nothing is left, in the value or in derivatives: `where(x .> 0, log(x), 0)` has the
/// derivative 0 at -1.
public func `where`(_ condition: Formula, _ first: Formula, _ second: Formula) throws(FormulaError) -> Formula {
  try condition.check("where", first, second)
  guard let branches = first.shape.broadcast(with: second.shape) else {
    throw .shapeMismatch(operation: "where", left: first.shape, right: second.shape)
  }
  guard branches.broadcast(with: condition.shape) != nil else {
    throw .shapeMismatch(operation: "where", left: condition.shape, right: branches)
  }
  return first.graph.formula(first.graph.select(condition.place, first.place, second.place))
}

public func `where`(_ condition: Formula, _ first: Formula, _ second: Double) throws(FormulaError) -> Formula {
  try `where`(condition, first, first.graph.constant(second))
}

public func `where`(_ condition: Formula, _ first: Double, _ second: Formula) throws(FormulaError) -> Formula {
  try `where`(condition, second.graph.constant(first), second)
}
