import CAllocationCount
import Testing

@testable import Tensor

@Suite struct ProgramTests {
  private static let cases = FormulaCase.operations + (0..<60).map(FormulaCase.random)

  /// Columns of points, arguments that are constants where `isColumn` says so, and the results.
  private func run<Scalar: ProgramScalar>(
    _ evaluator: Evaluator<Scalar>, _ points: [[Double]], isColumn: [Bool]
  ) throws -> [[Scalar]] {
    let program = evaluator.program
    let columns = (0..<program.inputComponentCount).map { index in points.map { Scalar($0[index]) } }
    let inputs = columns.map { column in
      let place = UnsafeMutablePointer<Scalar>.allocate(capacity: column.count)
      place.initialize(from: column, count: column.count)
      return place
    }
    let outputs = (0..<program.resultComponentCount).map { _ in
      let place = UnsafeMutablePointer<Scalar>.allocate(capacity: points.count + 1)
      place.initialize(repeating: -77, count: points.count + 1)
      return place
    }
    defer { for place in inputs + outputs { place.deallocate() } }
    let arguments = inputs.indices.map { index -> ProgramArgument<Scalar> in
      isColumn[index] ? .column(UnsafePointer(inputs[index])) : .constant(columns[index][0])
    }
    try arguments.withUnsafeBufferPointer { arguments in
      try outputs.withUnsafeBufferPointer { try evaluator.evaluate(count: points.count, arguments, into: $0) }
    }
    for output in outputs { #expect(output[points.count] == -77, "nothing is written behind the last point") }
    return points.indices.map { index in outputs.map { $0[index] } }
  }

  private func isClose(_ a: Double, _ b: Double, _ tolerance: Double) -> Bool {
    a == b || (a.isNaN && b.isNaN) || (a - b).magnitude <= tolerance * (1 + max(a.magnitude, b.magnitude))
  }

  /// At one point, at any number of points, with any inputs constant, in both precisions: what the definitions say.
  @Test(arguments: cases) func programsGiveWhatFormulasSay(_ formula: FormulaCase) throws {
    let graph = FormulaGraph()
    let x = try graph.input("x", shape: .vector(formula.count))
    let scale = graph.input("scale")
    let value = try formula.make(x) * scale
    let gradient = try value.gradient(by: [x])[0]
    let program = try Program([value, gradient])
    let evaluator = Evaluator<Double>(program)
    let single = Evaluator<Float>(program)
    var stream = RandomStream(seed: 7, purpose: formula.name)
    for count in [1, 7, 8, 600] {
      let points = (0..<count).map { _ in formula.point(&stream) + [stream.uniform(0.5, 2)] }
      for pattern in [[true, true], [false, true], [true, false], [false, false]] {
        let isColumn = Array(repeating: pattern[0], count: formula.count) + [pattern[1]]
        let values = try run(evaluator, points, isColumn: isColumn)
        let floats = try run(single, points, isColumn: isColumn)
        for index in count == 600 ? [0, 299, 598, 599] : Array(0..<count) {
          let point = isColumn.indices.map { isColumn[$0] ? points[index][$0] : points[0][$0] }
          let reference = ReferenceEvaluation(graph, at: point)
          let expected = reference(value) + reference(gradient)
          let atPoint = try evaluator.evaluate(point)
          for entry in expected.indices {
            #expect(isClose(values[index][entry], expected[entry], 1e-12))
            #expect(isClose(atPoint[entry], expected[entry], 1e-12))
          }
          // Of single precision only the value: near a kink a rounded argument may lie on its other side.
          #expect(isClose(Double(floats[index][0]), expected[0], 2e-4))
        }
      }
    }
  }

  /// An input of which some entries vary and some do not.
  @Test func entriesOfOneInputMayDiffer() throws {
    let graph = FormulaGraph()
    let x = try graph.input("x", shape: .vector(3))
    let evaluator = Evaluator<Double>(try Program([x * 2, x.element(1) + 1]))
    let points = (0..<20).map { [Double($0), 5, Double($0 * $0)] }
    let values = try run(evaluator, points, isColumn: [true, false, true])
    for (value, point) in zip(values, points) { #expect(value == [2 * point[0], 10, 2 * point[2], 6]) }
  }

  /// Conditions for every pair of signs, zeros and NaN, against Swift's own.
  @Test func conditions() throws {
    let graph = FormulaGraph()
    let (a, b) = (graph.input("a"), graph.input("b"))
    let formulas = try [
      a .< b, a .<= b, a .> b, a .>= b, a .== b, a .!= b, a .& b, a .| b, .!a, a .< 0, a .>= 0, max(a, b), min(a, b),
      `where`(a, 1, b), sign(a), abs(a), floor(a),
    ]
    let evaluator = Evaluator<Double>(try Program(formulas))
    let numbers: [Double] = [0, -0.0, 1, -2.5, .infinity, -.infinity, .nan]
    for x in numbers {
      for y in numbers {
        let truths = [
          x < y, x <= y, x > y, x >= y, x == y, x != y, x != 0 && y != 0, x != 0 || y != 0, x == 0, x < 0, x >= 0,
        ]
        let larger = x.isNaN || y.isNaN ? .nan : Swift.max(x, y)
        let smaller = x.isNaN || y.isNaN ? .nan : Swift.min(x, y)
        let expected =
          truths.map { $0 ? 1.0 : 0 } + [
            larger, smaller, x != 0 ? 1 : y, x > 0 ? 1 : x < 0 ? -1 : x, x.magnitude, x.rounded(.down),
          ]
        let given = try evaluator.evaluate([x, y])
        for (index, pair) in zip(given, expected).enumerated() {
          #expect(pair.0 == pair.1 || (pair.0.isNaN && pair.1.isNaN), "formula \(index) of \(x), \(y)")
        }
      }
    }
  }

  /// A small network over a table of samples, with shapes that fill no vector, in one point.
  @Test func matricesOfAnySize() throws {
    for (rows, inner, columns) in [(1, 1, 1), (5, 3, 9), (4, 16, 17), (33, 20, 40)] {
      let graph = FormulaGraph()
      let x = try graph.input("x", shape: .matrix(rows: rows, columns: inner))
      let w = try graph.input("w", shape: .matrix(rows: inner, columns: columns))
      let bias = try graph.input("bias", shape: .vector(columns))
      let value = try tanh(x.times(w) + bias).softmax(.columns).maximum(.columns).mean()
      let formulas = [value] + (try value.gradient(by: [w, bias]))
      let evaluator = Evaluator<Double>(try Program(formulas))
      var stream = RandomStream(seed: 8, purpose: "matrices")
      let point = (0..<evaluator.program.inputComponentCount).map { _ in stream.uniform(-1, 1) }
      let reference = ReferenceEvaluation(graph, at: point)
      let expected = formulas.flatMap { reference($0) }
      for (a, b) in zip(try evaluator.evaluate(point), expected) { #expect(isClose(a, b, 1e-12)) }
      let repeated = try run(evaluator, Array(repeating: point, count: 11), isColumn: point.map { _ in true })
      for (a, b) in zip(repeated[10], expected) { #expect(isClose(a, b, 1e-12)) }
    }
  }

  @Test func runsAllocateNothing() throws {
    guard allocation_count_works() == 1 else { return }
    let graph = FormulaGraph()
    let (x, p) = (graph.input("x"), graph.input("p"))
    let value = try log(1 + x * p) * `where`(x .> p, pow(x, p), sin(x))
    let evaluator = Evaluator<Double>(try Program([value] + value.gradient(by: [x, p])))
    let column = (0..<1000).map { 0.5 + Double($0) / 500 }
    let outputs = (0..<3).map { _ in UnsafeMutablePointer<Double>.allocate(capacity: 1000) }
    defer { for output in outputs { output.deallocate() } }
    var atPoint = [0.0, 0, 0]
    try column.withUnsafeBufferPointer { column in
      guard let start = column.baseAddress else { return }
      let arguments: [ProgramArgument<Double>] = [.column(start), .constant(0.7)]
      func runs() throws {
        try arguments.withUnsafeBufferPointer { arguments in
          try outputs.withUnsafeBufferPointer { try evaluator.evaluate(count: 1000, arguments, into: $0) }
        }
        try atPoint.withUnsafeMutableBufferPointer { results in
          try evaluator.evaluate(UnsafeBufferPointer(rebasing: column[0..<2]), into: results)
        }
      }
      try runs()
      allocation_count_start()
      try runs()
      #expect(allocation_count_stop() == 0)
    }
    allocation_count_start()
    _ = Evaluator<Double>(evaluator.program)
    #expect(allocation_count_stop() > 0, "the counter itself must work")
  }

  @Test func wrongCountsAreErrors() throws {
    let graph = FormulaGraph()
    let evaluator = Evaluator<Double>(try Program([graph.input("x") + graph.input("y")]))
    #expect(throws: FormulaError.wrongCount(operation: "point", expected: 2, given: 1)) { try evaluator.evaluate([1]) }
    #expect(throws: FormulaError.wrongCount(operation: "column", expected: 3, given: 2)) {
      try evaluator.evaluate(columns: [[1, 2], [1, 2, 3]])
    }
    #expect(throws: FormulaError.empty(operation: "column")) { try evaluator.evaluate(columns: [[], [1]]) }
    #expect(try evaluator.evaluate(columns: [[1, 2, 3], [10]]) == [[11, 12, 13]])
    #expect(try evaluator.evaluate(columns: [[1], [10]]) == [[11]])
    #expect(throws: FormulaError.empty(operation: "program")) { try Program([]) }
  }

  @Test func deadStepsAreLeftOutAndProductsFused() throws {
    let graph = FormulaGraph()
    let (x, y, z) = (graph.input("x"), graph.input("y"), graph.input("z"))
    _ = try exp(x) * y
    #expect(try Program([x * y + z]).instructionCount == 1)
    #expect(try Program([x * y - z, z - x * x]).instructionCount == 2)
    // A product that something else reads stays a step.
    let product = try x * y
    #expect(try Program([product + z, product]).instructionCount == 2)
    let program = try Program([x.squared() + 1])
    #expect(program.usedInputs.map(\.name) == ["x"])
    #expect(program.inputs.map(\.name) == ["x", "y", "z"])
  }
}
