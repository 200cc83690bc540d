/// The field of 256 elements: bytes as polynomials over two elements, modulo x^8 + x^4 + x^3 + x^2 + 1 (0x11d).
///
/// Sums are exclusive ors; products go through logarithms to the base x, which generates all elements but 0.
enum GaloisField256 {
  static let polynomial = 0x11d

  private static let tables: (exponentials: [UInt8], logarithms: [UInt8]) = {
    // Twice round, so that a sum of two logarithms needs no reduction.
    var exponentials = [UInt8](repeating: 0, count: 512)
    var logarithms = [UInt8](repeating: 0, count: 256)
    var value = 1
    for power in 0..<255 {
      exponentials[power] = UInt8(value)
      exponentials[power + 255] = UInt8(value)
      logarithms[value] = UInt8(power)
      value <<= 1
      if value > 255 { value ^= polynomial }
    }
    return (exponentials, logarithms)
  }()

  static func product(_ left: UInt8, _ right: UInt8) -> UInt8 {
    guard left != 0, right != 0 else { return 0 }
    return tables.exponentials[Int(tables.logarithms[Int(left)]) + Int(tables.logarithms[Int(right)])]
  }

  /// - Precondition: the divisor is not 0.
  static func quotient(_ dividend: UInt8, _ divisor: UInt8) -> UInt8 {
    precondition(divisor != 0, "nothing divides by 0")
    guard dividend != 0 else { return 0 }
    return tables.exponentials[Int(tables.logarithms[Int(dividend)]) + 255 - Int(tables.logarithms[Int(divisor)])]
  }

  /// All products with one factor: a row that long runs of bytes are looked up in.
  static func multiples(of factor: UInt8) -> [UInt8] { (0...255).map { product(factor, UInt8($0)) } }

  /// The polynomial, lowest coefficient first, at x.
  static func evaluate(_ coefficients: some BidirectionalCollection<UInt8>, at x: UInt8) -> UInt8 {
    coefficients.reversed().reduce(0) { product($0, x) ^ $1 }
  }

  /// What the value at each of the points counts for the value at `x` of the polynomial through all of them.
  ///
  /// - Precondition: the points differ.
  static func weights(of points: [UInt8], at x: UInt8) -> [UInt8] {
    points.map { point in
      points.reduce(UInt8(1)) { weight, other in
        other == point ? weight : product(weight, quotient(x ^ other, point ^ other))
      }
    }
  }
}
