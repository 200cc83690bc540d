/// Exponentials: e^x = 2^n e^r with n whole and |r| <= ln 2 / 2, where a Taylor polynomial is exact to the last place.
///
/// Over the whole range: subnormal results, 0, infinities and NaN come out as from the C library.
extension LaneVector {
  /// e^x = 2^n (1 + rest).
  @inline(__always)
  private static func reduced(_ x: Self) -> (n: Self, rest: Self) {
    let shift = Self(repeating: roundingShift)
    let n = shift.addingProduct(x, Self(repeating: 1.442_695_040_888_963_4)) - shift
    let (high, low) = naturalLogarithmOf2
    let r = x.addingProduct(n, Self(repeating: -high)).addingProduct(n, Self(repeating: -low))
    return (n, r.addingProduct(r * r, exponentialTail(r)))
  }

  /// `self * 2^n`, in two steps, for 2^n itself may be no normal number where the product is.
  @inline(__always)
  func scaled(byPowerOfTwo n: Self) -> Self {
    let half = (n * Self(repeating: 0.5)).roundedDown()
    return self * half.powerOfTwo * (n - half).powerOfTwo
  }

  @inline(__always)
  static func exp(_ value: Self) -> Self {
    let (n, rest) = reduced(value.held(exponentialFloor, exponentialCeiling))
    return (Self(repeating: 1) + rest).scaled(byPowerOfTwo: n)
  }

  /// e^x - 1, without cancellation near 0.
  @inline(__always)
  static func expMinusOne(_ value: Self) -> Self {
    let (n, rest) = reduced(value.held(-60, exponentialCeiling))
    // Half of it first: 2^n alone may be too large.
    let scale = (n - Self(repeating: 1)).powerOfTwo
    let far = (scale - Self(repeating: 0.5)).addingProduct(scale, rest)
    let result = select(n .== Self(repeating: 0), rest, far + far)
    return select(value.magnitude .< Self(repeating: 1e-20), value, result)
  }

  /// 1 / (1 + e^-x), small values to full precision too.
  @inline(__always)
  static func sigmoid(_ value: Self) -> Self {
    let power = exp(-value.magnitude)
    let one = Self(repeating: 1)
    return select(value .< Self(repeating: 0), power, one) / (one + power)
  }

  @inline(__always)
  static func hyperbolicTangent(_ value: Self) -> Self {
    let power = expMinusOne(value.magnitude.held(0, 22) * Self(repeating: 2))
    return (power / (power + Self(repeating: 2))).withSign(of: value)
  }
}
