import Solvers
import Tensor

/// A utility function that was called once with symbols and compiled: exact derivatives, and many points at a time.
final class TracedPayoff: PayoffFunction {
  let variableCount: Int
  let formula: Formula
  private let variables: [Formula]
  private let values: Evaluator<Double>
  private var gradients: [Range<Int>: Evaluator<Double>] = [:]
  private var blocks: [Block: Evaluator<Double>] = [:]
  /// One per variable: its slope and its curvature.
  private var lines: [Evaluator<Double>?]
  private var scratch: [Double]

  private struct Block: Hashable {
    let rows: Range<Int>
    let columns: Range<Int>
  }

  let derivativeSource = DerivativeSource.exact
  let hasExactSecondDerivatives = true

  /// Calls the function once with symbols, one for each variable.
  /// - Throws: what the function raises; `InvalidParameter` when it gives no number.
  init(_ utility: UtilityFunction, variableCount: Int) throws {
    self.variableCount = variableCount
    let graph = FormulaGraph()
    let names = utility.strategies.variableNames("x", count: variableCount)
    let inputs = names.map { graph.input($0) }
    variables = inputs
    let seen = try inputs.enumerated().map { place, input in
      LuaValue.symbol(try utility.choices[place].map { try Self.number(among: $0, at: input) } ?? input)
    }
    switch try utility.call(with: seen) {
    case .object(let object as SymbolObject): formula = object.formula
    case .number(let value): formula = graph.constant(value)
    case .integer(let value): formula = graph.constant(Double(value))
    case let other: throw utility.notANumber(other)
    }
    guard formula.graph === graph else {
      throw ScriptError.invalidParameter(
        "\(utility.title) returns a symbol of another trace", hint: "keep no symbols outside the function")
    }
    values = Evaluator(try Program([formula]))
    scratch = [0]
    lines = Array(repeating: nil, count: variableCount)
  }

  /// The number that stands at a place of a list, counted from 0.
  private static func number(among numbers: [Double], at place: Formula) throws -> Formula {
    var chosen = place.graph.constant(numbers[0])
    for (index, number) in numbers.enumerated().dropFirst() {
      chosen = try `where`(place .== Double(index), number, chosen)
    }
    return chosen
  }

  func value(at point: [Double]) throws -> Double {
    try run(values, at: point, count: 1)
    return scratch[0]
  }

  func values(atColumns points: Matrix, into results: inout [Double]) throws {
    try points.elements.withUnsafeBufferPointer { elements in
      guard let base = elements.baseAddress else { return }
      let arguments = (0..<variableCount).map { ProgramArgument.column(base + $0 * points.columns) }
      try results.withUnsafeMutableBufferPointer { results in
        guard let place = results.baseAddress else { return }
        try withUnsafePointer(to: place) { places in
          try arguments.withUnsafeBufferPointer { arguments in
            try values.evaluate(count: points.columns, arguments, into: UnsafeBufferPointer(start: places, count: 1))
          }
        }
      }
    }
  }

  func gradient(at point: [Double], of wanted: Range<Int>, into gradient: inout [Double]) throws {
    if gradients[wanted] == nil {
      gradients[wanted] = Evaluator(try Program(try formula.gradient(by: Array(variables[wanted]))))
    }
    guard let evaluator = gradients[wanted] else { return }
    try run(evaluator, at: point, count: wanted.count)
    for (place, variable) in wanted.enumerated() { gradient[variable] = scratch[place] }
  }

  func line(at point: [Double], variable: Int) throws -> (slope: Double, curvature: Double)? {
    if lines[variable] == nil {
      let own = [variables[variable]]
      let (slope, curvature) = try (formula.gradient(by: own), formula.crossHessian(rows: own, columns: own))
      lines[variable] = Evaluator(try Program(slope + curvature.flatMap { $0 }))
    }
    guard let evaluator = lines[variable] else { return nil }
    try run(evaluator, at: point, count: 2)
    return (scratch[0], scratch[1])
  }

  func secondDerivatives(
    at point: [Double], rows: Range<Int>, columns: Range<Int>, into hessian: inout Matrix
  ) throws {
    let block = Block(rows: rows, columns: columns)
    if blocks[block] == nil {
      let entries = try formula.crossHessian(rows: Array(variables[rows]), columns: Array(variables[columns]))
      blocks[block] = Evaluator(try Program(entries.flatMap { $0 }))
    }
    guard let evaluator = blocks[block] else { return }
    try run(evaluator, at: point, count: rows.count * columns.count)
    for (i, row) in rows.enumerated() {
      for (j, column) in columns.enumerated() { hessian[row, column] = scratch[i * columns.count + j] }
    }
  }

  private func run(_ evaluator: Evaluator<Double>, at point: [Double], count: Int) throws {
    if scratch.count < count { scratch = Array(repeating: 0, count: count) }
    try point.withUnsafeBufferPointer { point in
      try scratch.withUnsafeMutableBufferPointer { results in
        try evaluator.evaluate(point, into: UnsafeMutableBufferPointer(rebasing: results[0..<count]))
      }
    }
  }
}
