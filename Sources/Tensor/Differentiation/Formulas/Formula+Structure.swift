// Matrices, and parts of vectors and matrices. Rows, columns and entries count from 0.

extension Formula {
  /// The product of two matrices, a matrix and a vector, or two vectors (their inner product).
  ///
  /// Errors: `ShapeMismatch` unless the first has as many columns as the second has rows; a vector counts as a row on
  /// the left and as a column on the right; `InvalidParameter` for a result too large to hold.
  public func times(_ other: Formula) throws(FormulaError) -> Formula {
    try check("matrix product", other)
    guard shape != .scalar, other.shape != .scalar else {
      throw .shapeMismatch(operation: "matrix product", left: shape, right: other.shape)
    }
    let right: FormulaShape =
      if case .vector(let count) = other.shape { .matrix(rows: count, columns: 1) } else { other.shape }
    guard shape.columns == right.rows else {
      throw .shapeMismatch(operation: "matrix product", left: shape, right: other.shape)
    }
    let result: FormulaShape =
      switch (shape, other.shape) {
      case (.matrix(let rows, _), .matrix(_, let columns)): .matrix(rows: rows, columns: columns)
      case (.matrix(let rows, _), _): .vector(rows)
      case (_, .matrix(_, let columns)): .vector(columns)
      default: .scalar
      }
    guard result.isValid else { throw .invalidShape(operation: "matrix product", given: result) }
    let left = graph.reshape(place, to: .matrix(rows: shape.rows, columns: shape.columns))
    return graph.formula(
      graph.reshape(graph.matrixProduct(left, graph.reshape(other.place, to: right)), to: result))
  }

  /// Errors: `ShapeMismatch` unless it is a matrix.
  public func transposed() throws(FormulaError) -> Formula {
    guard case .matrix = shape else { throw .notMatrix(operation: "transposition", given: shape) }
    return graph.formula(graph.transposition(place))
  }

  /// The same entries, row by row, in another shape. Errors: `ShapeMismatch` unless it has as many entries.
  public func reshaped(_ shape: FormulaShape) throws(FormulaError) -> Formula {
    guard shape.isValid else { throw .invalidShape(operation: "reshape", given: shape) }
    guard shape.count == self.shape.count else {
      throw .shapeMismatch(operation: "reshape", left: self.shape, right: shape)
    }
    return graph.formula(graph.reshape(place, to: shape))
  }

  /// One entry of a vector, a scalar. Errors: `InvalidParameter` outside it.
  public func element(_ index: Int) throws(FormulaError) -> Formula {
    guard case .vector(let count) = shape, index >= 0, index < count else {
      throw .outOfRange(operation: "element", given: "\(index)", shape: shape)
    }
    return graph.formula(graph.element(place, row: 0, column: index))
  }

  /// One entry of a matrix, a scalar. Errors: `InvalidParameter` outside it.
  public func element(_ row: Int, _ column: Int) throws(FormulaError) -> Formula {
    guard case .matrix(let rows, let columns) = shape, row >= 0, row < rows, column >= 0, column < columns else {
      throw .outOfRange(operation: "element", given: "(\(row), \(column))", shape: shape)
    }
    return graph.formula(graph.element(place, row: row, column: column))
  }

  /// Some entries of a vector. Errors: `InvalidParameter` for an empty range or one outside it.
  public func slice(_ range: Range<Int>) throws(FormulaError) -> Formula {
    guard case .vector(let count) = shape, !range.isEmpty, range.lowerBound >= 0, range.upperBound <= count else {
      throw .outOfRange(operation: "slice", given: "\(range)", shape: shape)
    }
    return graph.formula(
      graph.slice(place, row: 0, column: range.lowerBound, rows: 1, columns: range.count))
  }

  /// Some rows and columns of a matrix. Errors: `InvalidParameter` for an empty range or one outside it.
  public func slice(rows: Range<Int>, columns: Range<Int>) throws(FormulaError) -> Formula {
    guard case .matrix = shape, !rows.isEmpty, !columns.isEmpty, rows.lowerBound >= 0, columns.lowerBound >= 0,
      rows.upperBound <= shape.rows, columns.upperBound <= shape.columns
    else { throw .outOfRange(operation: "slice", given: "(\(rows), \(columns))", shape: shape) }
    return graph.formula(
      graph.slice(
        place, row: rows.lowerBound, column: columns.lowerBound, rows: rows.count, columns: columns.count))
  }

  /// The entries of scalars and vectors, one after the other, as a vector.
  ///
  /// Errors: `EmptyInput` for none, `ShapeMismatch` for a matrix, `InvalidParameter` for formulas of different graphs.
  public static func vector(_ pieces: [Formula]) throws(FormulaError) -> Formula {
    guard let first = pieces.first else { throw .empty(operation: "vector") }
    var count = 0
    var places: [Int] = []
    for piece in pieces {
      try first.check("vector", piece)
      if case .matrix = piece.shape {
        throw .shapeMismatch(operation: "vector", left: first.shape, right: piece.shape)
      }
      places.append(first.graph.reshape(piece.place, to: .vector(piece.shape.count)))
      count += piece.shape.count
    }
    guard FormulaShape.vector(count).isValid else { throw .invalidShape(operation: "vector", given: .vector(count)) }
    return first.graph.formula(first.graph.concatenation(places, .columns, .vector(count)))
  }

  /// Vectors of one length, or matrices of one width, one below the other.
  ///
  /// Errors: `EmptyInput` for none, `ShapeMismatch` for different widths, `InvalidParameter` for different graphs.
  public static func stacked(_ pieces: [Formula]) throws(FormulaError) -> Formula {
    guard let first = pieces.first else { throw .empty(operation: "stacked") }
    var rows = 0
    var places: [Int] = []
    for piece in pieces {
      try first.check("stacked", piece)
      guard piece.shape.columns == first.shape.columns else {
        throw .shapeMismatch(operation: "stacked", left: first.shape, right: piece.shape)
      }
      rows += piece.shape.rows
      places.append(
        first.graph.reshape(piece.place, to: .matrix(rows: piece.shape.rows, columns: piece.shape.columns)))
    }
    let shape = FormulaShape.matrix(rows: rows, columns: first.shape.columns)
    guard shape.isValid else { throw .invalidShape(operation: "stacked", given: shape) }
    return first.graph.formula(first.graph.concatenation(places, .rows, shape))
  }
}
