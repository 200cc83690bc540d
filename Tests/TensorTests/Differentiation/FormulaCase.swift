@testable import Tensor

/// A scalar function of one vector of inputs, and points at which it is smooth.
struct FormulaCase: Sendable, CustomStringConvertible {
  let name: String
  let count: Int
  let range: ClosedRange<Double>
  let make: @Sendable (Formula) throws -> Formula

  var description: String { name }

  init(
    _ name: String, count: Int = 4, in range: ClosedRange<Double> = 0.3...1.7,
    _ make: @escaping @Sendable (Formula) throws -> Formula
  ) {
    (self.name, self.count, self.range, self.make) = (name, count, range, make)
  }

  func point(_ stream: inout RandomStream) -> [Double] {
    (0..<count).map { _ in stream.uniform(range.lowerBound, range.upperBound) }
  }

  /// Different weights for the entries, so that no derivative cancels by symmetry.
  private static func weighted(_ formula: Formula) throws -> Formula {
    let weights = (0..<formula.shape.count).map { 1 + 0.37 * Double($0) }
    return try (formula * formula.graph.constant(weights, shape: formula.shape)).sum()
  }

  private static func matrix(_ x: Formula, _ rows: Int, _ columns: Int) throws -> Formula {
    try x.reshaped(.matrix(rows: rows, columns: columns))
  }

  /// Every operation that has a derivative.
  static let operations: [FormulaCase] = [
    FormulaCase("add, broadcast") { x in try weighted(x + x.element(0) + 0.5 + x) },
    FormulaCase("subtract") { x in try weighted(x.element(1) - x * 2 - (1 - x)) },
    FormulaCase("multiply") { x in try weighted(x * x.element(2) * x) },
    FormulaCase("divide") { x in try weighted(x / x.element(3) + 2 / x + x / 3) },
    FormulaCase("negate and square") { x in try weighted(-(x.squared()) + (-x).squared() * x) },
    FormulaCase("sqrt") { x in try weighted(sqrt(x)) },
    FormulaCase("reciprocal") { x in try weighted(reciprocal(x)) },
    FormulaCase("exp") { x in try weighted(exp(x * x)) },
    FormulaCase("expm1") { x in try weighted(expm1(x - 1)) },
    FormulaCase("log") { x in try weighted(log(x)) },
    FormulaCase("log1p") { x in try weighted(log1p(x - 1)) },
    FormulaCase("sin") { x in try weighted(sin(x * 3)) },
    FormulaCase("cos") { x in try weighted(cos(x * 3)) },
    FormulaCase("tanh") { x in try weighted(tanh(x)) },
    FormulaCase("sigmoid") { x in try weighted(sigmoid(x * 2 - 1)) },
    FormulaCase("power of constants") { x in
      try weighted(x.power(1.3) + x.power(-0.7) + x.power(0.5) + x.power(-0.5) + (1 + x / 20).power(40))
    },
    FormulaCase("whole powers", in: -1.5...(-0.5)) { x in
      try weighted(x.power(2) + x.power(3) + x.power(7) + x.power(-1) + x.power(-3) + x.power(0) + x.power(1))
    },
    FormulaCase("power of variables") { x in try weighted(pow(x, x.element(1)) + pow(1.5 * x, x)) },
    FormulaCase("abs", in: -1.5...(-0.2)) { x in try weighted(abs(x) * x) },
    FormulaCase("min and max", in: -1...1) { x in
      try weighted(min(x, x.element(1)) * max(x, 0.1) + x.clamped(-0.5, 0.5) * x)
    },
    FormulaCase("where", in: -1...1) { x in try weighted(`where`(x .> 0, log(abs(x) + 0.3), x * x * x)) },
    FormulaCase("floor", in: 1.1...1.9) { x in try weighted(floor(x) * x) },
    FormulaCase("sum and mean", count: 6) { x in
      let m = try matrix(x, 2, 3)
      return try weighted(m.sum(.rows).squared()) + weighted(m.mean(.columns).squared()) * m.mean()
    },
    FormulaCase("maximum and minimum", count: 6, in: -1...1) { x in
      let m = try matrix(x, 2, 3)
      return try weighted(m.maximum(.rows).squared()) + weighted(m.minimum(.columns) * m.maximum()) * x.minimum()
    },
    FormulaCase("product", count: 5, in: -1...1) { x in x.product() },
    FormulaCase("matrix product", count: 12, in: -1...1) { x in
      let a = try matrix(x.slice(0..<6), 2, 3)
      let b = try matrix(x.slice(6..<12), 3, 2)
      return try weighted(a.times(b).times(a)) + x.slice(0..<3).times(b).times(a.times(x.slice(3..<6)))
    },
    FormulaCase("transposition", count: 6, in: -1...1) { x in
      let m = try matrix(x, 2, 3)
      return try weighted(m.transposed().times(m)) + weighted(m.transposed().squared())
    },
    FormulaCase("softmax", count: 6) { x in
      let m = try matrix(x * x, 2, 3)
      return try weighted(m.softmax(.columns)) + weighted(m.softmax(.rows)) + weighted(m.softmax())
    },
    FormulaCase("logSumExp", count: 6) { x in
      let m = try matrix(x * x, 2, 3)
      return try weighted(m.logSumExp(.columns)) + weighted(m.logSumExp(.rows)) + m.logSumExp()
    },
    FormulaCase("slices", count: 12, in: -1...1) { x in
      let m = try matrix(x, 3, 4)
      return try weighted(m.slice(rows: 1..<3, columns: 1..<3).squared() * m.element(0, 3))
        + weighted(m.slice(rows: 0..<2, columns: 0..<4).squared())
    },
    FormulaCase("vector and stacked", count: 4, in: -1...1) { x in
      let v = try Formula.vector([x.element(0), x.slice(1..<3).squared(), x.element(1) * x.element(3)])
      return try weighted(v.squared()) + weighted(Formula.stacked([v, x, v * x]).squared())
    },
    FormulaCase("rows and columns stretch", count: 5, in: -1...1) { x in
      let column = try matrix(x.slice(0..<3), 3, 1)
      return try weighted((column * x.slice(3..<5) + x.slice(3..<5)).squared())
    },
  ]

  /// Compositions drawn at random of what is smooth everywhere.
  static func random(_ seed: Int) -> FormulaCase {
    FormulaCase("random \(seed)", count: 4, in: -1...1) { x in
      var stream = RandomStream(seed: UInt64(seed), purpose: "formulas")
      var pool = try (0..<4).map { try x.element($0) } + [x, x.graph.constant(0.7)]
      func pick() -> Formula { pool[Int(stream.next() % UInt64(pool.count))] }
      for _ in 0..<12 {
        let (a, b) = (pick(), pick())
        let formula: Formula =
          switch stream.next() % 14 {
          case 0: try a + b
          case 1: try a - b
          case 2: try a * b
          case 3: try a / (b.squared() + 1)
          case 4: tanh(a)
          case 5: try exp(-(a.squared())) * b
          case 6: log(a.squared() + 0.5)
          case 7: try sqrt(a.squared() + 1) * sin(b)
          case 8: sigmoid(a)
          case 9: try pow(a.squared() + 0.5, tanh(b))
          case 10: try `where`(a .> b, a * a, b * a)
          case 11: try max(a, b) * 0.5
          case 12: a.logSumExp()
          default: try log1p(a.squared()) + b.power(3)
          }
        pool.append(formula)
      }
      return tanh(try pool.suffix(4).reduce(x.graph.constant(0)) { try $0 + tanh($1).sum() })
    }
  }
}
