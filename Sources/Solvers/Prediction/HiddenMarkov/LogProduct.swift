#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The logarithm of a long product of probabilities, at the price of a multiplication a factor: a logarithm is taken
/// only when the product threatens to leave the range of a double.
struct LogProduct {
  private var product = 1.0
  private var sum = 0.0

  @inline(__always)
  mutating func multiply(by factor: Double) {
    if factor < 1e-100 {
      sum += log(factor)
      return
    }
    product *= factor
    if product < 1e-150 {
      sum += log(product)
      product = 1
    }
  }

  var logarithm: Double { sum + log(product) }
}
