/// A value of a graph: an input, a constant, or what operations make of others. It reads like what it computes:
///
///     let utility = try alpha * log(1 + k / (k + rest)) - cost * k.squared()
///
/// Operands stretch as in NumPy: scalars to anything, a vector to each row of a matrix, one row or column to many.
/// Operations of two formulas throw `ShapeMismatch` where shapes do not fit and `InvalidParameter` where the formulas
/// belong to different graphs; those of one formula cannot fail. Conditions are 1 and 0, and anything but 0 holds.
///
/// Where a function has a kink, derivatives follow these conventions: |x| has 0 at 0; `min`, `max` and their reductions
/// share equally among ties; `floor` and conditions have 0 everywhere; `where` has the derivative of the branch taken,
/// whatever the other one gives, NaN and infinities included.
public struct Formula: Hashable {
  public let graph: FormulaGraph
  let place: Int

  public var shape: FormulaShape { graph.shape(place) }

  public static func == (left: Formula, right: Formula) -> Bool {
    left.graph === right.graph && left.place == right.place
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(graph))
    hasher.combine(place)
  }

  /// The constant that this is, for every input.
  public var constantValue: Double? { graph.uniformValue(place) }

  func unary(_ operation: UnaryOperation) -> Formula {
    graph.formula(graph.unary(operation, place))
  }

  func binary(_ operation: BinaryOperation, _ other: Formula) throws(FormulaError) -> Formula {
    try check(operation.rawValue, other)
    guard shape.broadcast(with: other.shape) != nil else {
      throw .shapeMismatch(operation: operation.rawValue, left: shape, right: other.shape)
    }
    return graph.formula(graph.binary(operation, place, other.place))
  }

  func binary(_ operation: BinaryOperation, _ number: Double) -> Formula {
    graph.formula(graph.binary(operation, place, graph.number(number)))
  }

  func check(_ operation: String, _ others: Formula...) throws(FormulaError) {
    for other in others where other.graph !== graph { throw .differentGraphs(operation: operation) }
  }
}
