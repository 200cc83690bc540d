// Derivatives as formulas. They are exact, and are compiled, run and derived again like any others.

extension Formula {
  /// The gradient of a scalar: its derivatives by every entry of each variable, in the variables' shapes.
  ///
  /// Variables are inputs, or any formulas that the scalar is made of. Errors: `ShapeMismatch` unless it is a scalar,
  /// `InvalidParameter` for variables of another graph.
  public func gradient(by variables: [Formula]) throws(FormulaError) -> [Formula] {
    try check("gradient", variables)
    guard shape == .scalar else { throw .notScalar(operation: "gradient", given: shape) }
    return graph.gradient(of: place, by: variables.map(\.place)).map(graph.formula)
  }

  public func derivative(by variable: Formula) throws(FormulaError) -> Formula {
    try gradient(by: [variable])[0]
  }

  /// The derivative along a direction: the Jacobian times a vector that has a part for each variable.
  ///
  /// Errors: `ShapeMismatch` unless there is one direction for each variable, of its shape or one that stretches to it,
  /// `InvalidParameter` for formulas of another graph.
  public func derivative(by variables: [Formula], along directions: [Formula]) throws(FormulaError) -> Formula {
    let pairs = try paired("derivative along a direction", variables, directions)
    return graph.formula(graph.tangents(of: [place], along: pairs)[0])
  }

  /// The Hessian of a scalar times a vector that has a part for each variable: forward mode over reverse mode.
  ///
  /// Errors: as those of the gradient and of the derivative along a direction.
  public func hessianProduct(by variables: [Formula], along directions: [Formula]) throws(FormulaError) -> [Formula] {
    let pairs = try paired("Hessian product", variables, directions)
    let gradient = try gradient(by: variables).map(\.place)
    return graph.tangents(of: gradient, along: pairs).map(graph.formula)
  }

  /// The second derivatives of a scalar, as scalars; the entries of all variables count one after the other.
  ///
  /// For small counts: it has their square. The matrix is symmetric to the last node. Errors: as those of the gradient.
  public func hessian(by variables: [Formula]) throws(FormulaError) -> [[Formula]] {
    let gradient = try components(gradient(by: variables))
    var result = gradient.map { Array(repeating: $0, count: gradient.count) }
    for (column, direction) in basis(variables).enumerated() {
      let entries = graph.tangents(of: gradient[column...].map(\.place), along: [direction])
      for (offset, entry) in entries.enumerated() {
        result[column + offset][column] = graph.formula(entry)
        result[column][column + offset] = graph.formula(entry)
      }
    }
    return result
  }

  /// The second derivatives of a scalar by entries of `rows` and `columns`: a block of the Hessian.
  public func crossHessian(rows: [Formula], columns: [Formula]) throws(FormulaError) -> [[Formula]] {
    try check("Hessian", columns)
    return try Formula.jacobian(of: components(gradient(by: rows)), by: columns)
  }

  /// The derivatives of several scalars, one row each, by every entry of the variables, one after the other.
  ///
  /// Errors: `EmptyInput` without scalars; as those of the gradient.
  public static func jacobian(of results: [Formula], by variables: [Formula]) throws(FormulaError) -> [[Formula]] {
    guard let first = results.first else { throw .empty(operation: "Jacobian") }
    try first.check("Jacobian", results)
    try first.check("Jacobian", variables)
    for result in results where result.shape != .scalar {
      throw .notScalar(operation: "Jacobian", given: result.shape)
    }
    let entries = variables.reduce(0) { $0 + $1.shape.count }
    // The mode with fewer walks.
    if results.count <= entries {
      return try results.map { result throws(FormulaError) in first.components(try result.gradient(by: variables)) }
    }
    let columns = first.basis(variables).map { first.graph.tangents(of: results.map(\.place), along: [$0]) }
    return results.indices.map { row in columns.map { first.graph.formula($0[row]) } }
  }

  private func check(_ operation: String, _ others: [Formula]) throws(FormulaError) {
    for other in others { try check(operation, other) }
  }

  private func paired(
    _ operation: String, _ variables: [Formula], _ directions: [Formula]
  ) throws(FormulaError) -> [(variable: Int, direction: Int)] {
    try check(operation, variables)
    try check(operation, directions)
    guard variables.count == directions.count else {
      throw .wrongCount(operation: operation, expected: variables.count, given: directions.count)
    }
    for (variable, direction) in zip(variables, directions)
    where variable.shape.broadcast(with: direction.shape) != variable.shape {
      throw .shapeMismatch(operation: operation, left: variable.shape, right: direction.shape)
    }
    return zip(variables, directions).map { ($0.place, $1.place) }
  }

  /// Every entry as a scalar.
  private func components(_ formulas: [Formula]) -> [Formula] {
    formulas.flatMap { formula in
      (0..<formula.shape.count).map { index in
        let columns = formula.shape.columns
        return graph.formula(graph.element(formula.place, row: index / columns, column: index % columns))
      }
    }
  }

  /// The directions that move one entry each.
  private func basis(_ variables: [Formula]) -> [(variable: Int, direction: Int)] {
    variables.flatMap { variable in
      (0..<variable.shape.count).map { index in
        let values = (0..<variable.shape.count).map { $0 == index ? 1.0 : 0 }
        return (variable.place, graph.table(values, variable.shape))
      }
    }
  }
}
