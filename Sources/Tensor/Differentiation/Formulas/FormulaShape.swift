/// What a formula's value is: one number, a list, or a table.
public enum FormulaShape: Hashable, Sendable, CustomStringConvertible {
  case scalar
  case vector(Int)
  case matrix(rows: Int, columns: Int)

  /// A vector counts as one row, as NumPy's broadcasting has it.
  public var rows: Int {
    if case .matrix(let rows, _) = self { rows } else { 1 }
  }

  public var columns: Int {
    switch self {
    case .scalar: 1
    case .vector(let count): count
    case .matrix(_, let columns): columns
    }
  }

  /// How many numbers; tables row by row.
  public var count: Int { rows * columns }

  /// "a scalar", "a vector of 3", "a 2x3 matrix".
  public var description: String {
    switch self {
    case .scalar: "a scalar"
    case .vector(let count): "a vector of \(count)"
    case .matrix(let rows, let columns): "a \(rows)x\(columns) matrix"
    }
  }

  /// The shape that two operands stretch to, or nil: their last axes must be equal or 1, and so must the ones before.
  func broadcast(with other: FormulaShape) -> FormulaShape? {
    func common(_ a: Int, _ b: Int) -> Int? { a == b || b == 1 ? a : a == 1 ? b : nil }
    guard let rows = common(rows, other.rows), let columns = common(columns, other.columns) else { return nil }
    var shape = FormulaShape.vector(columns)
    switch (self, other) {
    case (.matrix, _), (_, .matrix): shape = .matrix(rows: rows, columns: columns)
    case (.scalar, .scalar): shape = .scalar
    default: break
    }
    return shape.isValid ? shape : nil
  }

  /// Whether every axis has at least one entry, and there are not more entries than a program should hold at once.
  var isValid: Bool {
    let (count, overflows) = rows.multipliedReportingOverflow(by: columns)
    return rows > 0 && columns > 0 && !overflows && count <= 1 << 26
  }
}

/// What a reduction runs over.
public enum FormulaAxis: Hashable, Sendable {
  /// Every entry: the result is a scalar.
  case all
  /// Down each column: a matrix gives a vector of its columns.
  case rows
  /// Along each row: a matrix gives a vector of its rows.
  case columns
}
