import Testing

@testable import Tensor

@Suite struct FormulaTests {
  @Test func equalPartsAreOneNode() throws {
    let graph = FormulaGraph()
    let (x, y) = (graph.input("x"), graph.input("y"))
    #expect(try x * y + 1 == y * x + 1)
    #expect(try exp(x - y) == exp(x - y))
    let count = graph.nodes.count
    _ = try exp(x - y) + (x * y + 1)
    #expect(graph.nodes.count == count + 1)
  }

  @Test func identitiesHold() throws {
    let graph = FormulaGraph()
    let (x, y) = (graph.input("x"), graph.input("y"))
    #expect(x + 0 == x && 0 + x == x && x - 0 == x && x * 1 == x && x / 1 == x)
    #expect(-(-x) == x && 0 - x == -x && x * -1 == -x)
    #expect(try x + -y == x - y)
    #expect(try x - -y == x + y)
    #expect(try -(x - y) == y - x)
    #expect(try x * x == x.squared())
    #expect(try -x * y == -(x * y))
    #expect(x.power(1) == x && x.power(2) == x.squared() && x.power(0.5) == sqrt(x))
    #expect(x.power(0).constantValue == 1 && x.power(-1) == reciprocal(x))
    #expect(x / 4 == x * 0.25 && x / 3 != x * (1 / 3))
    #expect((graph.constant(2) * 3 + 1).constantValue == 7)
    // Not for every number: infinity and NaN are not 0 here.
    #expect((x * 0).constantValue == nil)
    #expect(try (x - x).constantValue == nil)
    #expect(try `where`(graph.constant(1), x, y) == x)
  }

  @Test func shapesMustFit() throws {
    let graph = FormulaGraph()
    let v = try graph.input("v", shape: .vector(3))
    let m = try graph.input("m", shape: .matrix(rows: 2, columns: 4))
    let mismatch = FormulaError.shapeMismatch(operation: "add", left: .vector(3), right: .matrix(rows: 2, columns: 4))
    #expect(throws: mismatch) { try v + m }
    #expect(
      mismatch.kind == "ShapeMismatch" && mismatch.message == "add cannot combine a vector of 3 with a 2x4 matrix")
    #expect(throws: FormulaError.self) { try v.times(m) }
    #expect(throws: FormulaError.notScalar(operation: "gradient", given: .vector(3))) { try v.gradient(by: [v]) }
    #expect(throws: FormulaError.outOfRange(operation: "element", given: "3", shape: .vector(3))) { try v.element(3) }
    #expect(throws: FormulaError.self) { try m.slice(rows: 0..<3, columns: 0..<1) }
    #expect(throws: FormulaError.self) { try v.slice(1..<1) }
    #expect(throws: FormulaError.self) { try v.transposed() }
    #expect(throws: FormulaError.self) { try graph.input("none", shape: .vector(0)) }
    #expect(throws: FormulaError.self) { try graph.input("vast", shape: .matrix(rows: .max, columns: 2)) }
    let long = try graph.input("long", shape: .vector(1 << 20))
    let tall = try long.reshaped(.matrix(rows: 1 << 20, columns: 1))
    #expect(throws: FormulaError.self) { try tall * long }
    #expect(throws: FormulaError.self) { try tall.times(tall.transposed()) }
    #expect(v.power(-0x1p63).shape == .vector(3))
    #expect(throws: FormulaError.differentGraphs(operation: "multiply")) { try v * FormulaGraph().input("x") }
    #expect(throws: FormulaError.differentGraphs(operation: "gradient")) {
      try v.sum().gradient(by: [FormulaGraph().input("x")])
    }
    #expect(throws: FormulaError.empty(operation: "vector")) { try Formula.vector([]) }
  }

  @Test func shapesStretchAsInNumPy() throws {
    let graph = FormulaGraph()
    let m = try graph.input("m", shape: .matrix(rows: 2, columns: 3))
    let row = try graph.input("row", shape: .vector(3))
    let column = try graph.input("column", shape: .matrix(rows: 2, columns: 1))
    #expect(try (m + row).shape == .matrix(rows: 2, columns: 3))
    #expect(try (column * row).shape == .matrix(rows: 2, columns: 3))
    #expect(try m.times(row).shape == .vector(2))
    #expect(try row.times(row).shape == .scalar)
    #expect(m.sum(.rows).shape == .vector(3) && m.sum(.columns).shape == .vector(2) && m.sum().shape == .scalar)
  }

  @Test func listingNamesEveryNode() throws {
    let graph = FormulaGraph()
    let (x, _) = (graph.input("x"), graph.input("unused"))
    let formula = exp(x * 2) + 1
    #expect(
      graph.listing(of: [formula]) == """
        v0 = input x
        v2 = constant 2.0
        v3 = multiply v0 v2
        v4 = exp v3
        v5 = constant 1.0
        v6 = add v4 v5
        """)
    #expect(formula.usedInputs.map(\.name) == ["x"])
  }

  @Test func derivativesOfWhatIsNotThereAreZero() throws {
    let graph = FormulaGraph()
    let (x, y) = (graph.input("x"), graph.input("y"))
    #expect(try exp(x).derivative(by: y).constantValue == 0)
    #expect(try (x * 3 + y).derivative(by: x).constantValue == 3)
    #expect(try (x * x).hessian(by: [x, y])[0].map(\.constantValue) == [2, 0])
  }
}
