// Nodes that move, stretch and gather entries. Shapes are known to fit: whoever calls has checked.

extension FormulaGraph {
  func broadcast(_ x: Int, to shape: FormulaShape) -> Int {
    if self.shape(x) == shape { return x }
    if nodes[x].operation == .broadcast { return broadcast(nodes[x].operands[0], to: shape) }
    return node(.broadcast, [x], shape)
  }

  func reshape(_ x: Int, to shape: FormulaShape) -> Int {
    if self.shape(x) == shape { return x }
    switch nodes[x].operation {
    case .reshape: return reshape(nodes[x].operands[0], to: shape)
    case .constant(let values): return node(.constant(values), [], shape)
    default: return node(.reshape, [x], shape)
    }
  }

  func zeros(_ shape: FormulaShape) -> Int { broadcast(number(0), to: shape) }

  func reduction(_ operation: ReductionOperation, _ x: Int, _ axis: FormulaAxis) -> Int {
    let shape = shape(x)
    let result: FormulaShape =
      switch (shape, axis) {
      case (.matrix(_, let columns), .rows): .vector(columns)
      case (.matrix(let rows, _), .columns): .vector(rows)
      default: .scalar
      }
    if result.count == shape.count { return reshape(x, to: result) }
    if operation == .sum, nodes[x].operation == .broadcast, self.shape(nodes[x].operands[0]).count == 1 {
      let repeated = binary(
        .multiply, reshape(nodes[x].operands[0], to: .scalar), number(Double(shape.count / result.count)))
      return broadcast(repeated, to: result)
    }
    return node(.reduction(operation, axis), [x], result)
  }

  /// The sum of x over the axes along which `shape` would be stretched to that of x.
  func gathered(_ x: Int, to shape: FormulaShape) -> Int {
    let own = self.shape(x)
    if own == shape { return x }
    if shape.count == own.count { return reshape(x, to: shape) }
    if shape.count == 1 { return reshape(reduction(.sum, x, .all), to: shape) }
    return reshape(reduction(.sum, x, shape.rows == 1 ? .rows : .columns), to: shape)
  }

  /// What a reduction along `axis` gave, repeated over what it ran over.
  func spread(_ x: Int, _ axis: FormulaAxis, to shape: FormulaShape) -> Int {
    if axis == .columns, case .matrix(let rows, _) = shape {
      return broadcast(reshape(x, to: .matrix(rows: rows, columns: 1)), to: shape)
    }
    return broadcast(x, to: shape)
  }

  /// The product of two matrices.
  func matrixProduct(_ x: Int, _ y: Int) -> Int {
    node(.matrixProduct, [x, y], .matrix(rows: shape(x).rows, columns: shape(y).columns))
  }

  func transposition(_ x: Int) -> Int {
    if nodes[x].operation == .transposition { return nodes[x].operands[0] }
    let shape = shape(x)
    let result = FormulaShape.matrix(rows: shape.columns, columns: shape.rows)
    // A single row or column keeps its order in memory.
    return shape.rows == 1 || shape.columns == 1 ? reshape(x, to: result) : node(.transposition, [x], result)
  }

  /// `count` rows and columns of x from a place on, with the rank of x.
  func slice(_ x: Int, row: Int, column: Int, rows: Int, columns: Int) -> Int {
    let own = shape(x)
    if rows == own.rows, columns == own.columns { return x }
    let result: FormulaShape =
      if case .matrix = own { .matrix(rows: rows, columns: columns) } else { .vector(columns) }
    switch nodes[x].operation {
    case .constant(let constant):
      let values = constant.values
      let part = (row..<row + rows).flatMap { values[($0 * own.columns + column)...].prefix(columns) }
      return table(part, result)
    case .broadcast where shape(nodes[x].operands[0]).count == 1:
      return broadcast(nodes[x].operands[0], to: result)
    case .slice(let outerRow, let outerColumn):
      return slice(
        nodes[x].operands[0], row: outerRow + row, column: outerColumn + column, rows: rows, columns: columns)
    case .concatenation(let axis):
      var first = 0
      for piece in nodes[x].operands {
        let extent = axis == .rows ? shape(piece).rows : shape(piece).columns
        let (begin, length) = axis == .rows ? (row, rows) : (column, columns)
        if begin >= first, begin + length <= first + extent {
          let part = slice(
            piece, row: axis == .rows ? row - first : row, column: axis == .rows ? column : column - first,
            rows: rows, columns: columns)
          return reshape(part, to: result)
        }
        first += extent
      }
    default: break
    }
    return node(.slice(row: row, column: column), [x], result)
  }

  func element(_ x: Int, row: Int, column: Int) -> Int {
    reshape(slice(x, row: row, column: column, rows: 1, columns: 1), to: .scalar)
  }

  /// x at a place in zeros.
  func padding(_ x: Int, row: Int, column: Int, to shape: FormulaShape) -> Int {
    if self.shape(x).count == shape.count { return reshape(x, to: shape) }
    return node(.padding(row: row, column: column), [x], shape)
  }

  func concatenation(_ pieces: [Int], _ axis: FormulaAxis, _ shape: FormulaShape) -> Int {
    pieces.count == 1 ? reshape(pieces[0], to: shape) : node(.concatenation(axis), pieces, shape)
  }
}
