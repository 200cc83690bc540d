#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension RandomStream {
  /// An integer in 0..<bound without bias (Lemire, "Fast random integer generation in an interval", 2019).
  /// - Precondition: `bound > 0`.
  public mutating func integer(below bound: Int) -> Int {
    let bound = UInt64(bound)
    var product = next().multipliedFullWidth(by: bound)
    if product.low < bound {
      let threshold = (0 &- bound) % bound
      while product.low < threshold { product = next().multipliedFullWidth(by: bound) }
    }
    return Int(product.high)
  }

  /// Rearranges the elements, each order as likely as any other (Fisher and Yates, in Durstenfeld's form, 1964).
  public mutating func shuffle(_ values: inout [Int32]) {
    var last = values.count - 1
    while last > 0 {
      values.swapAt(last, integer(below: last + 1))
      last -= 1
    }
  }

  /// The numbers 0..<count in random order.
  public mutating func permutation(_ count: Int) -> [Int32] {
    var values = (0..<Int32(clamping: count)).map { $0 }
    shuffle(&values)
    return values
  }

  /// A uniform deviate in the open interval (0, 1), for inverse distribution functions.
  public mutating func openUniform() -> Double {
    (Double(next() >> 12) + 0.5) * 0x1p-52
  }

  /// A Laplace deviate of location 0 and the given scale, by its inverse distribution function.
  public mutating func laplace(scale: Double) -> Double {
    LaplaceMechanism.quantile(openUniform(), scale: scale)
  }

  /// A gamma deviate of scale 1 (Marsaglia and Tsang, "A simple method for generating gamma variables", 2000).
  /// - Precondition: `shape > 0`.
  public mutating func gamma(shape: Double) -> Double {
    if shape < 1 { return gamma(shape: shape + 1) * pow(openUniform(), 1 / shape) }
    let offset = shape - 1.0 / 3
    let slope = 1 / (9 * offset).squareRoot()
    while true {
      let deviate = normal()
      let root = 1 + slope * deviate
      guard root > 0 else { continue }
      let cube = root * root * root
      if log(openUniform()) < 0.5 * deviate * deviate + offset - offset * cube + offset * log(cube) {
        return offset * cube
      }
    }
  }

  /// Shares that add to 1, from the symmetric Dirichlet distribution.
  /// - Precondition: `count > 0`, `concentration > 0`.
  public mutating func dirichlet(count: Int, concentration: Double) -> [Double] {
    let draws = (0..<count).map { _ in gamma(shape: concentration) }
    let total = draws.reduce(0, +)
    // With a tiny concentration every draw can underflow: then one member holds all.
    guard total > 0 else {
      let owner = integer(below: count)
      return (0..<count).map { $0 == owner ? 1 : 0 }
    }
    return draws.map { $0 / total }
  }
}
