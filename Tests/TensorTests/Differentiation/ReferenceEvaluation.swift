import Foundation

@testable import Tensor

/// What formulas give at a point, entry by entry from their definitions: the plain words that compiled programs are
/// compared with.
struct ReferenceEvaluation {
  let graph: FormulaGraph
  private var values: [[Double]] = []

  init(_ graph: FormulaGraph, at point: [Double]) {
    self.graph = graph
    for node in graph.nodes { values.append(Self.value(node, graph, values, point)) }
  }

  func callAsFunction(_ formula: Formula) -> [Double] { values[formula.place] }

  private static func value(
    _ node: FormulaGraph.Node, _ graph: FormulaGraph, _ values: [[Double]], _ point: [Double]
  ) -> [Double] {
    let shape = node.shape
    let entries = (0..<shape.rows).flatMap { row in (0..<shape.columns).map { (row: row, column: $0) } }
    func read(_ index: Int, _ row: Int, _ column: Int) -> Double {
      let operand = node.operands[index]
      let own = graph.shape(operand)
      return values[operand][(own.rows == 1 ? 0 : row) * own.columns + (own.columns == 1 ? 0 : column)]
    }
    switch node.operation {
    case .input(let index):
      let first = graph.inputs[index].firstComponent
      return Array(point[first..<first + shape.count])
    case .constant(let constant): return constant.values
    case .unary(let operation): return entries.map { operation.value(read(0, $0.row, $0.column)) }
    case .wholePower(let exponent): return entries.map { pow(read(0, $0.row, $0.column), Double(exponent)) }
    case .binary(let operation):
      return entries.map { operation.value(read(0, $0.row, $0.column), read(1, $0.row, $0.column)) }
    case .select:
      return entries.map { read(read(0, $0.row, $0.column) != 0 ? 1 : 2, $0.row, $0.column) }
    case .held, .reshape: return values[node.operands[0]]
    case .broadcast: return entries.map { read(0, $0.row, $0.column) }
    case .reduction(let operation, let axis):
      let source = graph.shape(node.operands[0])
      var groups = Array(repeating: [Double](), count: shape.count)
      for row in 0..<source.rows {
        for column in 0..<source.columns {
          let group: Int
          if case .matrix = source {
            group = axis == .all ? 0 : axis == .rows ? column : row
          } else {
            group = 0
          }
          groups[group].append(read(0, row, column))
        }
      }
      return groups.map { group in
        switch operation {
        case .sum: group.reduce(0, +)
        case .maximum: group.reduce(-.infinity) { Swift.max($0, $1) }
        case .minimum: group.reduce(.infinity) { Swift.min($0, $1) }
        }
      }
    case .matrixProduct:
      let inner = graph.shape(node.operands[0]).columns
      let (left, right) = (values[node.operands[0]], values[node.operands[1]])
      return entries.map { entry in
        (0..<inner).reduce(0) {
          $0 + left[entry.row * inner + $1] * right[$1 * shape.columns + entry.column]
        }
      }
    case .transposition: return entries.map { values[node.operands[0]][$0.column * shape.rows + $0.row] }
    case .slice(let row, let column):
      let width = graph.shape(node.operands[0]).columns
      return entries.map { values[node.operands[0]][(row + $0.row) * width + column + $0.column] }
    case .padding(let row, let column):
      let inner = graph.shape(node.operands[0])
      return entries.map { entry in
        let (r, c) = (entry.row - row, entry.column - column)
        return r >= 0 && r < inner.rows && c >= 0 && c < inner.columns
          ? values[node.operands[0]][r * inner.columns + c] : 0
      }
    case .concatenation(.rows): return node.operands.flatMap { values[$0] }
    case .concatenation:
      return (0..<shape.rows).flatMap { row in
        node.operands.flatMap { operand in
          let width = graph.shape(operand).columns
          return values[operand][row * width..<(row + 1) * width]
        }
      }
    }
  }
}
