/// Formulas over common inputs, as one graph: equal parts are one node.
///
/// Build formulas from the graph's inputs with ordinary arithmetic, derive them (`gradient`, `hessian`), and compile
/// them into a `Program`. Derivatives are formulas of the same graph, so that they share what they have in common with
/// the value, and are compiled in the same way. Not for use by several threads at once; programs are.
public final class FormulaGraph {
  struct Node: Hashable {
    let operation: Operation
    let operands: [Int]
    let shape: FormulaShape
  }

  /// Operands stand before the nodes that use them.
  private(set) var nodes: [Node] = []
  private var places: [Node: Int] = [:]
  /// The inputs in the order in which they were declared, which is that of a program's arguments.
  public private(set) var inputs: [Input] = []

  /// A variable or parameter of the graph's formulas.
  public struct Input: Sendable, Hashable {
    public let name: String
    public let shape: FormulaShape
    /// Where its first number stands among those of all inputs.
    public let firstComponent: Int
  }

  public init() {}

  /// How many numbers all inputs take together.
  public var inputComponentCount: Int {
    inputs.last.map { $0.firstComponent + $0.shape.count } ?? 0
  }

  /// Declares a variable. A name may be given twice: each call is an input of its own.
  ///
  /// Errors: `InvalidParameter` for a shape without entries.
  public func input(_ name: String, shape: FormulaShape) throws(FormulaError) -> Formula {
    guard shape.isValid else { throw .invalidShape(operation: "input '\(name)'", given: shape) }
    return declare(name, shape)
  }

  /// Declares a variable that is a number.
  public func input(_ name: String) -> Formula {
    declare(name, .scalar)
  }

  private func declare(_ name: String, _ shape: FormulaShape) -> Formula {
    inputs.append(Input(name: name, shape: shape, firstComponent: inputComponentCount))
    return formula(node(.input(inputs.count - 1), [], shape))
  }

  public func constant(_ value: Double) -> Formula {
    formula(number(value))
  }

  /// Errors: `EmptyInput` for an empty list.
  public func constant(_ values: [Double]) throws(FormulaError) -> Formula {
    if values.isEmpty { throw .empty(operation: "constant") }
    return formula(table(values, .vector(values.count)))
  }

  /// A table of constants, row by row. Errors: `ShapeMismatch` unless there are as many values as the shape has
  /// entries, `InvalidParameter` for a shape without entries.
  public func constant(_ values: [Double], shape: FormulaShape) throws(FormulaError) -> Formula {
    guard shape.isValid else { throw .invalidShape(operation: "constant", given: shape) }
    guard values.count == shape.count else {
      throw .wrongCount(operation: "constant of \(shape)", expected: shape.count, given: values.count)
    }
    return formula(table(values, shape))
  }

  func formula(_ place: Int) -> Formula { Formula(graph: self, place: place) }

  /// The node that does this, made if there is none yet.
  func node(_ operation: Operation, _ operands: [Int], _ shape: FormulaShape) -> Int {
    let node = Node(operation: operation, operands: operands, shape: shape)
    if let place = places[node] { return place }
    nodes.append(node)
    places[node] = nodes.count - 1
    return nodes.count - 1
  }

  func shape(_ place: Int) -> FormulaShape { nodes[place].shape }
}
