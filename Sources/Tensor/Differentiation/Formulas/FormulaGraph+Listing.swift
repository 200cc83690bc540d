// What a graph holds, for people.

extension FormulaGraph {
  /// The inputs that some of these nodes depend on, in the order of their declaration.
  func usedInputs(by places: [Int]) -> [Input] {
    let needed = needed(for: places)
    return needed.indices.compactMap { place in
      if needed[place], case .input(let index) = nodes[place].operation { inputs[index] } else { nil }
    }
  }

  /// One line for each node that these formulas are made of: its name, what it does with which nodes, its shape.
  public func listing(of formulas: [Formula]) -> String {
    let places = formulas.filter { $0.graph === self }.map(\.place)
    let needed = needed(for: places)
    return needed.indices.filter { needed[$0] }.map(line).joined(separator: "\n")
  }

  private func line(_ place: Int) -> String {
    let node = nodes[place]
    let operands = node.operands.map { " v\($0)" }.joined()
    let shape = node.shape == .scalar ? "" : ": \(node.shape)"
    return "v\(place) = \(name(node))\(operands)\(shape)"
  }

  private func name(_ node: Node) -> String {
    switch node.operation {
    case .input(let index): return "input \(inputs[index].name)"
    case .constant(let values):
      let values = values.values
      return "constant " + (values.count == 1 ? "\(values[0])" : "\(values)")
    case .unary(let operation): return operation.rawValue
    case .wholePower(let exponent): return "power \(exponent)"
    case .binary(let operation): return operation.rawValue
    case .select: return "where"
    case .held: return "held"
    case .broadcast: return "broadcast"
    case .reduction(let operation, .all): return operation.rawValue
    case .reduction(let operation, let axis): return "\(operation.rawValue) of \(axis)"
    case .matrixProduct: return "matrixProduct"
    case .transposition: return "transposition"
    case .reshape: return "reshape"
    case .slice(let row, let column): return "slice at (\(row), \(column))"
    case .padding(let row, let column): return "padding at (\(row), \(column))"
    case .concatenation(let axis): return "concatenation of \(axis)"
    }
  }
}

extension Formula {
  /// The inputs that this depends on, in the order of their declaration.
  public var usedInputs: [FormulaGraph.Input] { graph.usedInputs(by: [place]) }
}
