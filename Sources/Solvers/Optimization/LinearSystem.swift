import Tensor

/// Small dense systems of linear equations.
enum LinearSystem {
  /// The X with A X = B, by Gaussian elimination with partial pivoting (Golub and Van Loan, "Matrix computations",
  /// 2013, section 3.4).
  ///
  /// - Parameters:
  ///   - matrix: A, square.
  ///   - right: B, as many rows as A.
  /// - Returns: nil where A is singular to working precision, or not finite.
  static func solve(_ matrix: Matrix, _ right: Matrix) -> Matrix? {
    let n = matrix.rows
    var a = matrix
    var x = right
    let largest = a.elements.reduce(0) { max($0, abs($1)) }
    guard largest.isFinite else { return nil }
    for pivot in 0..<n {
      var row = pivot
      for candidate in pivot..<n where abs(a[candidate, pivot]) > abs(a[row, pivot]) { row = candidate }
      guard abs(a[row, pivot]) > 1e-14 * largest else { return nil }
      if row != pivot {
        for column in 0..<n { (a[row, column], a[pivot, column]) = (a[pivot, column], a[row, column]) }
        for column in 0..<x.columns { (x[row, column], x[pivot, column]) = (x[pivot, column], x[row, column]) }
      }
      for lower in pivot + 1..<max(n, pivot + 1) {
        let factor = a[lower, pivot] / a[pivot, pivot]
        guard factor != 0 else { continue }
        for column in pivot..<n { a[lower, column] -= factor * a[pivot, column] }
        for column in 0..<x.columns { x[lower, column] -= factor * x[pivot, column] }
      }
    }
    for row in (0..<n).reversed() {
      for column in 0..<x.columns {
        var sum = x[row, column]
        for known in row + 1..<max(n, row + 1) { sum -= a[row, known] * x[known, column] }
        x[row, column] = sum / a[row, row]
      }
    }
    return x.elements.allSatisfy(\.isFinite) ? x : nil
  }

  static func solve(_ matrix: Matrix, _ right: [Double]) -> [Double]? {
    solve(matrix, Matrix(rows: right.count, columns: 1, elements: right))?.elements
  }
}
