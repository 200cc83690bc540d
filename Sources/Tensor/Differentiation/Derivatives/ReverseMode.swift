/// Reverse mode: one walk from a scalar down to its inputs gives its derivatives by all of them.
///
/// Griewank, Walther, Evaluating Derivatives, 2nd ed., SIAM 2008, section 3.2. The derivatives are new nodes of the same
/// graph.
extension FormulaGraph {
  /// The gradient of a scalar node by each of the variables, in their shapes.
  func gradient(of result: Int, by variables: [Int]) -> [Int] {
    let depends = dependents(of: variables, upTo: result)
    var adjoints: [Change?] = Array(repeating: nil, count: result + 1)
    adjoints[result] = Change(place: broadcast(number(1), to: shape(result)), isMasked: false)
    for place in stride(from: result, through: 0, by: -1) where depends[place] {
      guard let adjoint = adjoints[place] else { continue }
      let operands = nodes[place].operands
      guard operands.contains(where: { depends[$0] }) else { continue }
      for (operand, part) in zip(operands, contributions(of: place, adjoint)) where depends[operand] {
        guard let part else { continue }
        let gathered = Change(place: gathered(part.place, to: shape(operand)), isMasked: part.isMasked)
        adjoints[operand] = sum(adjoints[operand], gathered)
      }
    }
    return variables.map { variable in
      let adjoint = variable <= result ? adjoints[variable] : nil
      return adjoint.map(\.place) ?? zeros(shape(variable))
    }
  }

  /// What a node hands down to each of its operands; it may still be of the node's shape where the operand was stretched.
  private func contributions(of place: Int, _ adjoint: Change) -> [Change?] {
    let node = nodes[place]
    func change(_ place: Int) -> Change { Change(place: place, isMasked: adjoint.isMasked) }
    switch node.operation {
    case .input, .constant, .held:
      return node.operands.map { _ in nil }
    case .unary, .wholePower, .binary:
      return localDerivatives(place).map { derivative in
        derivative.map {
          let product = product(adjoint, $0)
          return Change(place: broadcast(product.place, to: node.shape), isMasked: product.isMasked)
        }
      }
    case .select:
      let condition = node.operands[0]
      let zero = number(0)
      return [
        nil,
        Change(place: select(condition, adjoint.place, zero), isMasked: true),
        Change(place: select(condition, zero, adjoint.place), isMasked: true),
      ]
    case .broadcast:
      return [adjoint]
    case .reduction(.sum, let axis):
      return [change(spread(adjoint.place, axis, to: shape(node.operands[0])))]
    case .reduction(_, let axis):
      let spread = change(spread(adjoint.place, axis, to: shape(node.operands[0])))
      return [product(spread, LocalDerivative(factor: extremeShare(place, axis), isWeight: true))]
    case .matrixProduct:
      return [
        change(matrixProduct(adjoint.place, transposition(node.operands[1]))),
        change(matrixProduct(transposition(node.operands[0]), adjoint.place)),
      ]
    case .transposition:
      return [change(transposition(adjoint.place))]
    case .reshape:
      return [change(reshape(adjoint.place, to: shape(node.operands[0])))]
    case .slice(let row, let column):
      return [change(padding(adjoint.place, row: row, column: column, to: shape(node.operands[0])))]
    case .padding(let row, let column):
      let inner = shape(node.operands[0])
      let part = slice(adjoint.place, row: row, column: column, rows: inner.rows, columns: inner.columns)
      return [change(reshape(part, to: inner))]
    case .concatenation(let axis):
      var first = 0
      return node.operands.map { operand in
        let shape = shape(operand)
        let (row, column) = axis == .rows ? (first, 0) : (0, first)
        first += axis == .rows ? shape.rows : shape.columns
        let part = slice(adjoint.place, row: row, column: column, rows: shape.rows, columns: shape.columns)
        return change(reshape(part, to: shape))
      }
    }
  }
}
