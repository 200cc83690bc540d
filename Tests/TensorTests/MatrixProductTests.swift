import Testing

@testable import Tensor

@Suite struct MatrixProductTests {
  /// Sizes below, at and above every edge of the tiles, compared with sums in double precision.
  @Test(arguments: [
    (1, 1, 1), (3, 5, 7), (4, 64, 96), (5, 64, 97), (8, 16, 10), (9, 17, 96), (64, 10, 64), (33, 80, 200),
    (64, 200, 13), (7, 130, 193),
  ])
  func agreesWithTheDefinition(rows: Int, columns: Int, inner: Int) throws {
    var stream = RandomStream(seed: 1, purpose: "product test", round: rows, client: columns)
    let left = try Tensor(
      shape: [rows, inner], elements: (0..<rows * inner).map { _ in Float(stream.uniform(-1, 1)) })
    let right = try Tensor(
      shape: [inner, columns], elements: (0..<inner * columns).map { _ in Float(stream.uniform(-1, 1)) })
    let product = try left.matrixProduct(right)
    #expect(product.shape == [rows, columns])
    let tolerance = Double(inner) * 1e-6
    for row in 0..<rows {
      for column in 0..<columns {
        var sum = 0.0
        for index in 0..<inner {
          sum += Double(left.elements[row * inner + index]) * Double(right.elements[index * columns + column])
        }
        #expect(abs(Double(product.elements[row * columns + column]) - sum) <= tolerance)
      }
    }
  }

  /// The two ways of computing a product agree, with a bias to start from and a transposed left factor.
  @Test(arguments: [(5, 70, 100), (64, 10, 65), (784, 64, 7), (1, 3, 9), (9, 1, 1)])
  func tilesAgreeWithOpenBLAS(rows: Int, columns: Int, inner: Int) {
    var stream = RandomStream(seed: 2, purpose: "product test", round: rows, client: columns)
    func random(_ count: Int) -> AlignedBuffer {
      let buffer = AlignedBuffer(count: count)
      for index in 0..<count { buffer.base[index] = Float(stream.uniform(-1, 1)) }
      return buffer
    }
    let (left, right, bias) = (random(rows * inner), random(inner * columns), random(columns))
    let (first, second) = (AlignedBuffer(count: rows * columns), AlignedBuffer(count: rows * columns))
    for factor in [
      LeftFactor(base: left.base, rowStride: inner, innerStride: 1),
      LeftFactor(base: left.base, rowStride: 1, innerStride: rows),
    ] {
      MatrixProduct.compute(
        rows: rows, columns: columns, inner: inner, left: factor, right: right.base, start: bias.base,
        result: first.base, scratch: ProductScratch())
      OpenBLAS.compute(
        rows: rows, columns: columns, inner: inner, left: factor, right: right.base, start: bias.base,
        result: second.base)
      for (x, y) in zip(first.array, second.array) { #expect(abs(x - y) <= Float(inner) * 2e-6) }
    }
  }
}
