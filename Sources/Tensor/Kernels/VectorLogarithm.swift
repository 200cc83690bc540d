/// Natural logarithms of sixteen floats at once.
enum VectorLogarithm {
  /// ln x, accurate to single precision, for normal x above 0.
  ///
  /// x = m 2^e with m in [sqrt(1/2), sqrt(2)); the logarithm of m is a polynomial (Moshier, Cephes mathematical
  /// library, logf), and ln 2 is added in two parts, so that its product with the exponent is exact in the first.
  @inline(__always)
  static func natural(_ x: Lanes) -> Lanes {
    let bits = unsafeBitCast(x, to: SIMD16<UInt32>.self)
    // With sqrt(1/2) for the origin, the exponent's field counts from where m begins anew; 128 keeps it positive.
    let shifted = bits &- 0x3f35_04f3 &+ (128 << 23)
    let field = shifted &>> 23
    let m = unsafeBitCast(bits &- (field &<< 23) &+ (128 << 23), to: Lanes.self) - 1
    let exponent = field.wholeFloats - 128
    var sum = m * 7.037_683_6e-2 - 1.151_461_03e-1
    sum = sum * m + 1.167_699_87e-1
    sum = sum * m - 1.242_014_08e-1
    sum = sum * m + 1.424_932_28e-1
    sum = sum * m - 1.666_805_77e-1
    sum = sum * m + 2.000_071_48e-1
    sum = sum * m - 2.499_999_40e-1
    sum = sum * m + 3.333_333_12e-1
    let square = m * m
    let tail = sum * m * square - exponent * 2.121_944_40e-4 - square * 0.5
    return exponent * 0.693_359_375 + (m + tail)
  }
}

extension SIMD16<UInt32> {
  /// The lanes as floats, for numbers below 2^23.
  ///
  /// Such a number, put below the exponent of 2^23, is that float plus 2^23. The standard library's conversion goes
  /// lane by lane and takes several times as long.
  @inline(__always)
  var wholeFloats: SIMD16<Float> {
    unsafeBitCast(self | 0x4b00_0000, to: SIMD16<Float>.self) - 0x1p23
  }
}
