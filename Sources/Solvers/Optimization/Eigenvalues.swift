import Tensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Eigenvalues of small dense matrices.
enum Eigenvalues {
  /// All eigenvalues of a symmetric matrix, by the cyclic Jacobi method (Golub and Van Loan, "Matrix computations",
  /// 2013, section 8.5); of an unsymmetric one those of its symmetric part.
  static func symmetric(_ matrix: Matrix) -> [Double] {
    let n = matrix.rows
    var a = matrix
    for row in 0..<n {
      for column in 0..<row {
        let mean = 0.5 * (matrix[row, column] + matrix[column, row])
        a[row, column] = mean
        a[column, row] = mean
      }
    }
    let size = a.elements.reduce(0) { $0 + $1 * $1 }.squareRoot()
    for _ in 0..<50 {
      var largest = 0.0
      for p in 0..<n {
        for q in p + 1..<max(n, p + 1) where a[p, q] != 0 {
          largest = max(largest, abs(a[p, q]))
          rotate(&a, p, q)
        }
      }
      if largest <= 1e-14 * size { break }
    }
    return (0..<n).map { a[$0, $0] }
  }

  private static func rotate(_ a: inout Matrix, _ p: Int, _ q: Int) {
    let theta = (a[q, q] - a[p, p]) / (2 * a[p, q])
    let t = (theta >= 0 ? 1 : -1) / (abs(theta) + (theta * theta + 1).squareRoot())
    let c = 1 / (t * t + 1).squareRoot()
    let s = t * c
    for k in 0..<a.rows {
      let (left, right) = (a[k, p], a[k, q])
      a[k, p] = c * left - s * right
      a[k, q] = s * left + c * right
    }
    for k in 0..<a.rows {
      let (left, right) = (a[p, k], a[q, k])
      a[p, k] = c * left - s * right
      a[q, k] = s * left + c * right
    }
  }

  /// The largest magnitude of any eigenvalue of a square matrix, by Gelfand's formula, |A^k|^(1/k) for k = 2^20, with
  /// the powers by repeated squaring. Complex and repeated eigenvalues need no special care; the error is a factor
  /// n^(2^-20) at most, apart from rounding.
  static func radius(_ matrix: Matrix) -> Double {
    var power = matrix
    // log |A^(2^k)| / 2^k, gathered while every power is scaled to norm 1.
    var exponent = 0.0
    var share = 1.0
    for _ in 0...20 {
      let norm = power.elements.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard norm > 0, norm.isFinite else { return norm > 0 ? .infinity : 0 }
      exponent += share * log(norm)
      let scaled = Matrix(rows: power.rows, columns: power.columns, elements: power.elements.map { $0 / norm })
      power = product(scaled, scaled)
      share *= 0.5
    }
    return exp(exponent)
  }

  private static func product(_ a: Matrix, _ b: Matrix) -> Matrix {
    var c = Matrix(rows: a.rows, columns: b.columns)
    for i in 0..<a.rows {
      for k in 0..<a.columns where a[i, k] != 0 {
        for j in 0..<b.columns { c[i, j] += a[i, k] * b[k, j] }
      }
    }
    return c
  }
}
