/// Forward mode: how results change along one direction of the inputs.
///
/// Griewank, Walther, Evaluating Derivatives, 2nd ed., SIAM 2008, section 3.1. The tangents are new nodes of the same
/// graph, so that forward mode over a gradient gives a Hessian times a vector.
extension FormulaGraph {
  /// The derivatives of the results where each variable moves in its direction, in the results' shapes.
  func tangents(of results: [Int], along directions: [(variable: Int, direction: Int)]) -> [Int] {
    guard let last = results.max() else { return [] }
    let depends = dependents(of: directions.map(\.variable), upTo: last)
    let needed = needed(for: results)
    var tangents: [Change?] = Array(repeating: nil, count: last + 1)
    for (variable, direction) in directions where variable <= last {
      tangents[variable] = Change(place: broadcast(direction, to: shape(variable)), isMasked: false)
    }
    for place in 0...last where depends[place] && needed[place] && tangents[place] == nil {
      tangents[place] = tangent(of: place, tangents)
    }
    return results.map { result in tangents[result]?.place ?? zeros(shape(result)) }
  }

  /// Which nodes these are made of.
  func needed(for results: [Int]) -> [Bool] {
    var needed = Array(repeating: false, count: (results.max() ?? -1) + 1)
    for result in results { needed[result] = true }
    for place in needed.indices.reversed() where needed[place] {
      for operand in nodes[place].operands { needed[operand] = true }
    }
    return needed
  }

  private func tangent(of place: Int, _ tangents: [Change?]) -> Change? {
    let node = nodes[place]
    func linear(_ transform: (Int) -> Int) -> Change? {
      tangents[node.operands[0]].map { Change(place: transform($0.place), isMasked: $0.isMasked) }
    }
    switch node.operation {
    case .input, .constant, .held:
      return nil
    case .unary, .wholePower, .binary:
      var total: Change?
      for (operand, derivative) in zip(node.operands, localDerivatives(place)) {
        guard let tangent = tangents[operand], let derivative else { continue }
        let isGuard = node.operation == .binary(.guardedMultiply)
        let change = Change(place: tangent.place, isMasked: tangent.isMasked || isGuard)
        let part = product(change, derivative)
        total = sum(total, Change(place: broadcast(part.place, to: node.shape), isMasked: part.isMasked))
      }
      return total
    case .select:
      let (first, second) = (tangents[node.operands[1]], tangents[node.operands[2]])
      if first == nil, second == nil { return nil }
      let zero = number(0)
      let selected = select(node.operands[0], first?.place ?? zero, second?.place ?? zero)
      return Change(place: broadcast(selected, to: node.shape), isMasked: true)
    case .broadcast:
      return linear { broadcast($0, to: node.shape) }
    case .reduction(.sum, let axis):
      return linear { reduction(.sum, $0, axis) }
    case .reduction(_, let axis):
      guard let tangent = tangents[node.operands[0]] else { return nil }
      let weighted = product(tangent, LocalDerivative(factor: extremeShare(place, axis), isWeight: true))
      return Change(place: reduction(.sum, weighted.place, axis), isMasked: true)
    case .matrixProduct:
      let (left, right) = (node.operands[0], node.operands[1])
      let first = tangents[left].map { Change(place: matrixProduct($0.place, right), isMasked: $0.isMasked) }
      let second = tangents[right].map { Change(place: matrixProduct(left, $0.place), isMasked: $0.isMasked) }
      return sum(first, second)
    case .transposition:
      return linear { transposition($0) }
    case .reshape:
      return linear { reshape($0, to: node.shape) }
    case .slice(let row, let column):
      return linear {
        let part = slice($0, row: row, column: column, rows: node.shape.rows, columns: node.shape.columns)
        return reshape(part, to: node.shape)
      }
    case .padding(let row, let column):
      return linear { padding($0, row: row, column: column, to: node.shape) }
    case .concatenation(let axis):
      let pieces = node.operands.map { tangents[$0] }
      if pieces.allSatisfy({ $0 == nil }) { return nil }
      let places = zip(node.operands, pieces).map { $1?.place ?? zeros(shape($0)) }
      return Change(place: concatenation(places, axis, node.shape), isMasked: pieces.contains { $0?.isMasked ?? false })
    }
  }
}
