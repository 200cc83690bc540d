/// Formulas compiled to a list of steps: what no result needs is left out, a product that is only added is fused.
///
/// A program is immutable and may be shared by threads. An `Evaluator` runs it, one for each thread.
public struct Program: Sendable {
  struct Step: Sendable {
    let operation: StepOperation
    /// Earlier steps.
    let operands: [Int]
    let shape: FormulaShape
  }

  enum StepOperation: Hashable, Sendable {
    case input(firstComponent: Int)
    case constant(ConstantValues)
    case elementwise(Opcode)
    case wholePower(Int)
    case reduction(Opcode, FormulaAxis)
    case matrixProduct
    case transposition
    case reshape
    case slice(row: Int, column: Int)
    case padding(row: Int, column: Int)
    case concatenation(FormulaAxis)
  }

  let steps: [Step]
  let results: [Int]
  /// The graph's inputs: a program takes their entries one after the other, used or not.
  public let inputs: [FormulaGraph.Input]
  /// The results' shapes; a program gives their entries one after the other.
  public let resultShapes: [FormulaShape]
  /// The inputs that some result depends on.
  public let usedInputs: [FormulaGraph.Input]

  /// How many numbers a run takes for each point, and how many it gives.
  public var inputComponentCount: Int { inputs.last.map { $0.firstComponent + $0.shape.count } ?? 0 }
  public var resultComponentCount: Int { resultShapes.reduce(0) { $0 + $1.count } }

  /// How many steps compute something, not counting inputs, constants and mere changes of shape.
  public var instructionCount: Int {
    steps.count { step in
      switch step.operation {
      case .input, .constant, .reshape: false
      default: true
      }
    }
  }

  /// Compiles formulas of one graph. Errors: `EmptyInput` for none, `InvalidParameter` for different graphs.
  public init(_ formulas: [Formula]) throws(FormulaError) {
    guard let first = formulas.first else { throw .empty(operation: "program") }
    for formula in formulas { try first.check("program", formula) }
    let graph = first.graph
    var compiler = ProgramCompiler(graph: graph, results: formulas.map(\.place))
    compiler.compile()
    steps = compiler.steps
    results = formulas.map { compiler.step(of: $0.place) }
    inputs = graph.inputs
    resultShapes = formulas.map(\.shape)
    usedInputs = graph.usedInputs(by: formulas.map(\.place))
  }
}

/// Turns the nodes that some results need into steps, in the graph's order.
struct ProgramCompiler {
  private let graph: FormulaGraph
  private let needed: [Bool]
  private var uses: [Int]
  private(set) var steps: [Program.Step] = []
  private var stepOfNode: [Int]

  init(graph: FormulaGraph, results: [Int]) {
    self.graph = graph
    needed = graph.needed(for: results)
    uses = Array(repeating: 0, count: needed.count)
    stepOfNode = Array(repeating: 0, count: needed.count)
    for place in needed.indices where needed[place] {
      for operand in graph.nodes[place].operands { uses[operand] += 1 }
    }
    for place in results { uses[place] += 1 }
  }

  func step(of node: Int) -> Int { stepOfNode[node] }

  mutating func compile() {
    // The fused product's node is the operand of one other only: it gets no step.
    let fusions = needed.indices.map { needed[$0] ? fusion(at: $0) : nil }
    var isFused = Array(repeating: false, count: needed.count)
    for fusion in fusions { if let fusion { isFused[fusion.product] = true } }
    for place in needed.indices where needed[place] && !isFused[place] {
      let node = graph.nodes[place]
      if node.operation == .held {
        stepOfNode[place] = stepOfNode[node.operands[0]]
        continue
      }
      if let fusion = fusions[place] {
        append(place, .elementwise(fusion.opcode), fusion.operands)
      } else {
        append(place, operation(of: place), node.operands)
      }
    }
  }

  private mutating func append(_ place: Int, _ operation: Program.StepOperation, _ operands: [Int]) {
    stepOfNode[place] = steps.count
    steps.append(
      Program.Step(
        operation: operation, operands: operands.map { stepOfNode[$0] }, shape: graph.nodes[place].shape))
  }

  private func operation(of place: Int) -> Program.StepOperation {
    switch graph.nodes[place].operation {
    case .input(let index): .input(firstComponent: graph.inputs[index].firstComponent)
    case .constant(let values): .constant(values)
    case .unary(let operation): .elementwise(operation.opcode)
    case .binary(let operation): .elementwise(operation.opcode)
    case .wholePower(let exponent): .wholePower(exponent)
    case .select: .elementwise(.select)
    case .held, .broadcast: .elementwise(.copy)
    case .reduction(let operation, let axis): .reduction(operation.opcode, axis)
    case .matrixProduct: .matrixProduct
    case .transposition: .transposition
    case .reshape: .reshape
    case .slice(let row, let column): .slice(row: row, column: column)
    case .padding(let row, let column): .padding(row: row, column: column)
    case .concatenation(let axis): .concatenation(axis)
    }
  }

  private struct Fusion {
    let product: Int
    let opcode: Opcode
    let operands: [Int]
  }

  /// A sum or difference with a product that nothing else uses.
  private func fusion(at place: Int) -> Fusion? {
    let node = graph.nodes[place]
    guard node.operation == .binary(.add) || node.operation == .binary(.subtract) else { return nil }
    let (left, right) = (node.operands[0], node.operands[1])
    let isSum = node.operation == .binary(.add)
    if let factors = factors(of: left, in: node.shape) {
      return Fusion(product: left, opcode: isSum ? .multiplyAdd : .multiplySubtract, operands: factors + [right])
    }
    if let factors = factors(of: right, in: node.shape) {
      return Fusion(product: right, opcode: isSum ? .multiplyAdd : .subtractProduct, operands: factors + [left])
    }
    return nil
  }

  private func factors(of place: Int, in shape: FormulaShape) -> [Int]? {
    let node = graph.nodes[place]
    guard uses[place] == 1, node.shape == shape else { return nil }
    switch node.operation {
    case .binary(.multiply): return node.operands
    case .unary(.square): return [node.operands[0], node.operands[0]]
    default: return nil
    }
  }
}
