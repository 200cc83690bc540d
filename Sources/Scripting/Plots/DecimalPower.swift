#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Powers of ten and where a number stands among them.
enum DecimalPower {
  static func ten(_ exponent: Int) -> Double { pow(10, Double(exponent)) }

  /// The largest `n` with 10^n not above `value`, for positive finite values.
  static func exponent(of value: Double) -> Int {
    let estimate = Int(log10(value).rounded(.down))
    // The logarithm may round across a power of ten.
    if ten(estimate + 1) <= value { return estimate + 1 }
    if ten(estimate) > value { return estimate - 1 }
    return estimate
  }

  static func power(_ exponent: Double) -> Double { pow(10, exponent) }

  static func logarithm(_ value: Double) -> Double { log10(value) }
}
