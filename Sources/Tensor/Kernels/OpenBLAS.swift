import COpenBLAS

/// The only door to OpenBLAS.
enum OpenBLAS {
  /// Members train in parallel, one thread each; a second pool of threads inside each product would only fight them.
  private static let isHeldToOneThread: Bool = {
    openblas_set_num_threads(1)
    return true
  }()

  /// `result = start + left * right`; see `MatrixProduct.compute`.
  static func compute(
    rows: Int, columns: Int, inner: Int, left: LeftFactor, right: UnsafePointer<Float>, start: UnsafePointer<Float>?,
    result: UnsafeMutablePointer<Float>
  ) {
    guard isHeldToOneThread else { return }
    for row in 0..<rows {
      if let start {
        (result + row * columns).update(from: start, count: columns)
      } else if inner == 0 {
        (result + row * columns).update(repeating: 0, count: columns)
      }
    }
    guard inner > 0 else { return }
    let isTransposed = left.innerStride != 1
    // A factor of one row or column has no distance between rows; BLAS wants a plausible one all the same.
    let leading = isTransposed ? max(left.innerStride, rows) : max(left.rowStride, inner)
    cblas_sgemm(
      CblasRowMajor, isTransposed ? CblasTrans : CblasNoTrans, CblasNoTrans, blasint(rows), blasint(columns),
      blasint(inner), 1, left.base, blasint(leading), right, blasint(columns),
      start == nil ? 0 : 1, result, blasint(columns))
  }
}
