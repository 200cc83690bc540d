/// What one number of a program's inputs is in a run.
public enum ProgramArgument<Scalar> {
  /// The same for all points.
  case constant(Scalar)
  /// A number for each point.
  case column(UnsafePointer<Scalar>)
}

/// `Float` or `Double`: what programs can be evaluated in.
public protocol ProgramScalar: BinaryFloatingPoint, Sendable {}
extension Float: ProgramScalar {}
extension Double: ProgramScalar {}

/// Runs a program over points, and owns the memory for it. One for each thread.
///
/// Points are worked on in blocks whose values stay in the cache. Steps that depend on constants only are run once. The
/// first run with a pattern of constants and columns allocates; further runs with that pattern, and runs at single
/// points after the first, do not.
public final class Evaluator<Scalar: ProgramScalar> {
  public let program: Program
  private let pointPlan: MemoryPlan
  private var blockPlan: MemoryPlan?

  public init(_ program: Program) {
    self.program = program
    let isColumn = Array(repeating: false, count: program.inputComponentCount)
    pointPlan = Self.plan(program, isColumn)
  }

  private static func plan(_ program: Program, _ isColumn: [Bool]) -> MemoryPlan {
    let lanes = Scalar.self == Double.self ? DoubleLanes.count : FloatLanes.count
    return MemoryPlan(program, lanes: lanes, scalar: Scalar.self, isColumn: isColumn)
  }

  /// Evaluates at one point: `point` has the entries of all inputs, `results` gets those of all results.
  ///
  /// Errors: `ShapeMismatch` for other counts.
  public func evaluate(
    _ point: UnsafeBufferPointer<Scalar>, into results: UnsafeMutableBufferPointer<Scalar>
  ) throws(FormulaError) {
    try check("point", program.inputComponentCount, point.count)
    try check("results", program.resultComponentCount, results.count)
    if Scalar.self == Double.self {
      Runner<DoubleLanes>.run(pointPlan, point: point.baseAddress, results: results.baseAddress)
    } else {
      Runner<FloatLanes>.run(pointPlan, point: point.baseAddress, results: results.baseAddress)
    }
  }

  /// Evaluates at one point. Errors: `ShapeMismatch` unless the point has the entries of all inputs.
  public func evaluate(_ point: [Scalar]) throws(FormulaError) -> [Scalar] {
    var results = Array(repeating: Scalar.zero, count: program.resultComponentCount)
    try point.withUnsafeBufferPointer { point throws(FormulaError) in
      try results.withUnsafeMutableBufferPointer { results throws(FormulaError) in
        try evaluate(point, into: results)
      }
    }
    return results
  }

  /// Evaluates at many points.
  ///
  /// - Parameters:
  ///   - count: how many points; every column has as many numbers.
  ///   - arguments: one for each entry of the inputs.
  ///   - results: one place for each entry of the results, each with room for as many numbers as there are points.
  ///
  /// Errors: `ShapeMismatch` for another number of arguments or results.
  public func evaluate(
    count: Int, _ arguments: UnsafeBufferPointer<ProgramArgument<Scalar>>,
    into results: UnsafeBufferPointer<UnsafeMutablePointer<Scalar>>
  ) throws(FormulaError) {
    try check("arguments", program.inputComponentCount, arguments.count)
    try check("results", program.resultComponentCount, results.count)
    let plan = blockPlan(for: arguments)
    if Scalar.self == Double.self {
      Runner<DoubleLanes>.run(
        plan, count: count, arguments: arguments.baseAddress, results: results.baseAddress)
    } else {
      Runner<FloatLanes>.run(
        plan, count: count, arguments: arguments.baseAddress, results: results.baseAddress)
    }
  }

  /// Evaluates at many points, with lists: for convenience, it allocates its results.
  ///
  /// - Parameter columns: for each entry of the inputs a number for each point, or one number for all.
  /// - Returns: for each entry of the results a number for each point.
  ///
  /// Errors: `ShapeMismatch` for another number of columns or columns of different lengths, `EmptyInput` for an empty
  /// one.
  public func evaluate(columns: [[Scalar]]) throws(FormulaError) -> [[Scalar]] {
    try check("columns", program.inputComponentCount, columns.count)
    let count = columns.reduce(1) { Swift.max($0, $1.count) }
    for column in columns where column.count != count {
      if column.isEmpty { throw .empty(operation: "column") }
      if column.count != 1 { throw .wrongCount(operation: "column", expected: count, given: column.count) }
    }
    let inputs = UnsafeMutablePointer<Scalar>.allocate(capacity: count * columns.count)
    let outputs = UnsafeMutablePointer<Scalar>.allocate(capacity: count * program.resultComponentCount)
    outputs.initialize(repeating: 0, count: count * program.resultComponentCount)
    defer {
      inputs.deallocate()
      outputs.deallocate()
    }
    var arguments: [ProgramArgument<Scalar>] = []
    for (index, column) in columns.enumerated() {
      if column.count == 1, let value = column.first {
        arguments.append(.constant(value))
      } else {
        (inputs + index * count).initialize(from: column, count: count)
        arguments.append(.column(UnsafePointer(inputs + index * count)))
      }
    }
    let results = (0..<program.resultComponentCount).map { outputs + $0 * count }
    try arguments.withUnsafeBufferPointer { arguments throws(FormulaError) in
      try results.withUnsafeBufferPointer { results throws(FormulaError) in
        try evaluate(count: count, arguments, into: results)
      }
    }
    return results.map { Array(UnsafeBufferPointer(start: $0, count: count)) }
  }

  private func blockPlan(for arguments: UnsafeBufferPointer<ProgramArgument<Scalar>>) -> MemoryPlan {
    func isColumn(_ index: Int) -> Bool {
      if case .column = arguments[index] { true } else { false }
    }
    if let blockPlan, arguments.indices.allSatisfy({ blockPlan.isColumn[$0] == isColumn($0) }) { return blockPlan }
    let plan = Self.plan(program, arguments.indices.map(isColumn))
    blockPlan = plan
    return plan
  }

  private func check(_ operation: String, _ expected: Int, _ given: Int) throws(FormulaError) {
    if expected != given { throw .wrongCount(operation: operation, expected: expected, given: given) }
  }
}
