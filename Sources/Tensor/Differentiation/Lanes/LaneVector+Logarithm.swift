/// Natural logarithms: x = m 2^e with m near 1, and ln m = ln((1 + s) / (1 - s)) with s = (m - 1) / (m + 1), a series of
/// odd powers of s.
extension LaneVector {
  /// ln((1 + f) 2^e) + correction for 1 + f in [sqrt(1/2), sqrt(2)).
  ///
  /// The parts are added from small to large, so that f, which is exact, is rounded last.
  @inline(__always)
  private static func logarithm(_ f: Self, _ e: Self, correction: Self) -> Self {
    let s = f / (Self(repeating: 2) + f)
    let halfSquare = f * f * Self(repeating: 0.5)
    let tail = (halfSquare + logarithmTail(s * s)) * s
    let (high, low) = naturalLogarithmOf2
    let small = (tail + correction).addingProduct(e, Self(repeating: low))
    return (f - (halfSquare - small)).addingProduct(e, Self(repeating: high))
  }

  @inline(__always)
  static func log(_ x: Self) -> Self {
    let isSubnormal = x .< Self(repeating: Scalar.leastNormalMagnitude)
    let (factor, exponent) = subnormalScale
    let (m, e) = select(isSubnormal, x * Self(repeating: factor), x).mantissaAndExponent
    let result = logarithm(
      m - Self(repeating: 1), select(isSubnormal, e - Self(repeating: exponent), e), correction: Self(repeating: 0))
    return poles(result, x)
  }

  /// ln(1 + x), without cancellation near 0.
  @inline(__always)
  static func logOnePlus(_ x: Self) -> Self {
    let one = Self(repeating: 1)
    let sum = one + x
    let (m, e) = sum.mantissaAndExponent
    // What rounding took from the sum.
    let lost = select(one .< x, one - (sum - x), x - (sum - one))
    let isNear = e .== Self(repeating: 0)
    let result = logarithm(
      select(isNear, x, m - one), e, correction: select(isNear, Self(repeating: 0), lost / sum))
    return select(x.magnitude .< Self(repeating: 1e-20), x, poles(result, sum))
  }

  /// `result` where x is positive and finite; elsewhere what the logarithm is there.
  @inline(__always)
  private static func poles(_ result: Self, _ x: Self) -> Self {
    let zero = Self(repeating: 0)
    let infinity = Self(repeating: .infinity)
    let bounded = select(x .< infinity, result, x)
    let atPole = select(x .== zero, -infinity, Self(repeating: .nan))
    return select(zero .< x, bounded, atPole)
  }
}
