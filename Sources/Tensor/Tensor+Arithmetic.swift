extension Tensor {
  /// Element by element; both shapes must be equal.
  public func adding(_ other: Tensor) throws -> Tensor {
    try combined(with: other, "add") { $0 + $1 }
  }

  public func subtracting(_ other: Tensor) throws -> Tensor {
    try combined(with: other, "subtract") { $0 - $1 }
  }

  /// The product of the elements, not of the matrices (`matrixProduct`).
  public func multiplying(_ other: Tensor) throws -> Tensor {
    try combined(with: other, "multiply") { $0 * $1 }
  }

  public func scaled(by factor: Float) -> Tensor {
    map { $0 * factor }
  }

  public func map(_ transform: (Float) throws -> Float) rethrows -> Tensor {
    Tensor(uncheckedShape: shape, elements: try elements.map(transform))
  }

  public var sum: Double { elements.reduce(0) { $0 + Double($1) } }

  /// The transpose of a matrix.
  /// - Throws: `ShapeMismatch` unless the rank is 2.
  public func transposed() throws -> Tensor {
    try ArgumentCheck("transpose").shape(rank == 2, expected: "a matrix", given: "shape \(Tensor.text(shape))")
    let (rows, columns) = (shape[0], shape[1])
    var result = [Float](repeating: 0, count: elements.count)
    for row in 0..<rows {
      for column in 0..<columns { result[column * rows + row] = elements[row * columns + column] }
    }
    return Tensor(uncheckedShape: [columns, rows], elements: result)
  }

  /// The product of two matrices, m x k by k x n.
  /// - Throws: `ShapeMismatch` naming both shapes.
  public func matrixProduct(_ other: Tensor) throws -> Tensor {
    try ArgumentCheck("matrix product").shape(
      rank == 2 && other.rank == 2 && shape[1] == other.shape[0], expected: "shapes m x k and k x n",
      given: "\(Tensor.text(shape)) and \(Tensor.text(other.shape))")
    let (rows, inner, columns) = (shape[0], shape[1], other.shape[1])
    let result = AlignedBuffer(count: rows * columns)
    let scratch = ProductScratch()
    elements.withUnsafeBufferPointer { left in
      other.elements.withUnsafeBufferPointer { right in
        guard let leftBase = left.baseAddress, let rightBase = right.baseAddress else { return }
        MatrixProduct.compute(
          rows: rows, columns: columns, inner: inner,
          left: LeftFactor(base: leftBase, rowStride: inner, innerStride: 1), right: rightBase, start: nil,
          result: result.base, scratch: scratch)
      }
    }
    return Tensor(uncheckedShape: [rows, columns], elements: result.array)
  }

  private func combined(
    with other: Tensor, _ operation: String, _ combine: (Float, Float) -> Float
  ) throws -> Tensor {
    try ArgumentCheck(operation).shape(
      shape == other.shape, expected: "two tensors of one shape",
      given: "\(Tensor.text(shape)) and \(Tensor.text(other.shape))")
    return Tensor(uncheckedShape: shape, elements: zip(elements, other.elements).map(combine))
  }
}
