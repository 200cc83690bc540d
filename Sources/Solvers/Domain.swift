/// The values that a quantity may take: a closed interval of finite doubles, perhaps only its whole numbers.
///
/// An open end is the neighbouring double, so that one comparison serves every domain, and no domain contains an
/// infinity or a NaN.
struct Domain: Sendable {
  let lowest: Double
  let highest: Double
  var whole = false
  /// What is allowed, to be read after "must be".
  let words: String

  static let real = Domain(
    lowest: -.greatestFiniteMagnitude, highest: .greatestFiniteMagnitude, words: "a finite number")
  static let nonNegative = Domain(lowest: 0, highest: .greatestFiniteMagnitude, words: "at least 0")
  static let positive = Domain(
    lowest: .leastNonzeroMagnitude, highest: .greatestFiniteMagnitude, words: "greater than 0")
  static let fraction = Domain(lowest: 0, highest: 1, words: "between 0 and 1")
  static let properFraction = Domain(
    lowest: .leastNonzeroMagnitude, highest: 1.0.nextDown, words: "strictly between 0 and 1")
  static let aboveMinusOne = Domain(
    lowest: (-1.0).nextUp, highest: .greatestFiniteMagnitude, words: "greater than -1")
  static let count = Domain(
    lowest: 0, highest: largestCount, whole: true, words: "a whole number, at least 0 and at most 2^53")
  static let positiveCount = Domain(
    lowest: 1, highest: largestCount, whole: true, words: "a whole number, at least 1 and at most 2^53")
  static let countable = Domain(lowest: 0, highest: largestCount, words: "at least 0 and at most 2^53")
  /// Anything at all, for values that are looked at later.
  static let unseen = Domain(lowest: -.infinity, highest: .infinity, words: "a number")
  static let vote = Domain(lowest: 0, highest: 1, whole: true, words: "0 or 1")

  /// Above 2^53 the doubles no longer contain every whole number, and `Int` conversions would need their own check.
  static let largestCount = 0x1p53

  func contains(_ value: Double) -> Bool {
    value >= lowest && value <= highest && (!whole || value == value.rounded(.towardZero))
  }

  /// Whether every value lies in the domain, in one pass at the speed of memory.
  func containsAll(_ values: [Double]) -> Bool {
    if lowest == -.infinity, highest == .infinity { return true }
    return values.withUnsafeBytes { bytes in
      let blocks = values.count / 8
      var inside = SIMDMask<SIMD8<Int64>>(repeating: true)
      for block in 0..<blocks {
        let lanes = bytes.loadUnaligned(fromByteOffset: block * 64, as: SIMD8<Double>.self)
        inside .&= (lanes .>= lowest) .& (lanes .<= highest)
        if whole { inside .&= lanes .== lanes.rounded(.towardZero) }
      }
      return all(inside) && values[(blocks * 8)...].allSatisfy(contains)
    }
  }
}
