/// General powers, x^y = e^(y ln x), for all x and y as the C library has them.
///
/// y ln x may be 700, of which a double keeps 44 binary places: the logarithm and the product are held as sums of two
/// doubles, good to some 65 places (Dekker, "A floating-point technique for extending the available precision", 1971).
extension DoubleLanes {
  @inline(__always)
  static func power(_ base: Self, _ exponent: Self) -> Self {
    let (zero, one, infinity) = (Self(repeating: 0), Self(repeating: 1), Self(repeating: .infinity))
    let x = base.magnitude
    // An infinite exponent does what a huge one does, without making infinity - infinity.
    let y = exponent.held(-0x1p1000, 0x1p1000)

    let isSubnormal = x .< Self(repeating: Double.leastNormalMagnitude)
    var (m, e) = select(isSubnormal, x * Self(repeating: subnormalScale.factor), x).mantissaAndExponent
    e = select(isSubnormal, e - Self(repeating: subnormalScale.exponent), e)
    let (high, low) = preciseLogarithm(m, e)
    let product = y * high
    let rest = (-product).addingProduct(y, high).addingProduct(y, low)

    let p = product.held(exponentialFloor, exponentialCeiling)
    let q = select(p .== product, rest, zero)
    let shift = Self(repeating: roundingShift)
    let n = shift.addingProduct(p, Self(repeating: 1.442_695_040_888_963_4)) - shift
    let r =
      p.addingProduct(n, Self(repeating: -naturalLogarithmOf2.high))
      .addingProduct(n, Self(repeating: -naturalLogarithmOf2.low)) + q
    let finite = (one + r.addingProduct(r * r, exponentialTail(r))).scaled(byPowerOfTwo: n)

    // 0 and infinity to a power, then signs, then what is 1 whatever else is NaN.
    let isAtEnd = select(x .== zero, one, select(x .== infinity, one, zero))
    let end = select(select(x .== zero, -y, y) .< zero, zero, infinity)
    var result = select(isAtEnd .== one, end, finite)
    let half = exponent * Self(repeating: 0.5)
    let ofWhole = select(half.roundedDown() .== half, result, result.withSign(of: base))
    let ofFraction = select(isAtEnd .== one, result, Self(repeating: .nan))
    let ofNegative = select(exponent.roundedDown() .== exponent, ofWhole, ofFraction)
    result = select(one.withSign(of: base) .< zero, ofNegative, result)
    result = select(base .== base, result, base)
    result = select(exponent .== exponent, result, exponent)
    result = select(exponent .== zero, one, result)
    return select(base .== one, one, result)
  }

  /// ln(m 2^e) as a sum of two doubles.
  @inline(__always)
  private static func preciseLogarithm(_ m: Self, _ e: Self) -> (high: Self, low: Self) {
    let one = Self(repeating: 1)
    let f = m - one
    // s = f / (m + 1)
    let d = m + one
    let dLow = m - (d - one)
    let inverse = one / d
    let s = f * inverse
    let sLow = (f.addingProduct(-s, d) - s * dLow) * inverse
    // s^2 and s^3
    let z = s * s
    let zLow = (-z).addingProduct(s, s).addingProduct(s + s, sLow)
    let cube = s * z
    let cubeLow = (-cube).addingProduct(s, z).addingProduct(s, zLow).addingProduct(sLow, z)
    // 2/3 + z (2/5 + ...)
    let far = z * logarithmFarTail(z)
    let twoThirds = Self(repeating: 2.0 / 3)
    let t = twoThirds + far
    let tLow = far - (t - twoThirds) + Self(repeating: 0x1.5555555555555p-55)
    let tail = cube * t
    let tailLow = (-tail).addingProduct(cube, t).addingProduct(cube, tLow).addingProduct(cubeLow, t)
    // e ln 2 + 2 s + tail
    let (ln2, ln2Low) = naturalLogarithmOf2
    let (a, aLow) = sum(e * Self(repeating: ln2), s + s)
    let (b, bLow) = sum(a, tail)
    let low = (aLow + bLow + tailLow + (sLow + sLow)).addingProduct(e, Self(repeating: ln2Low))
    let high = b + low
    return (high, low - (high - b))
  }

  /// The rounded sum and exactly what rounding took (Knuth).
  @inline(__always)
  private static func sum(_ a: Self, _ b: Self) -> (sum: Self, rest: Self) {
    let sum = a + b
    let other = sum - a
    return (sum, (a - (sum - other)) + (b - other))
  }
}
