/// Thirty-two profiles in single precision: two registers of AVX-512, so that two independent chains hide the latency of
/// the arithmetic.
struct FloatProfileLanes: ProfileLanes {
  typealias Half = SIMD16<Float>
  var low: Half
  var high: Half

  @inline(__always)
  init(_ low: Half, _ high: Half) {
    self.low = low
    self.high = high
  }

  @inline(__always)
  static var count: Int { 32 }
  @inline(__always)
  init(repeating value: Float) { self.init(Half(repeating: value), Half(repeating: value)) }
  @inline(__always)
  subscript(lane: Int) -> Float {
    get { lane < 16 ? low[lane] : high[lane - 16] }
    set { if lane < 16 { low[lane] = newValue } else { high[lane - 16] = newValue } }
  }

  @inline(__always)
  static func + (left: Self, right: Self) -> Self { Self(left.low + right.low, left.high + right.high) }
  @inline(__always)
  static func - (left: Self, right: Self) -> Self { Self(left.low - right.low, left.high - right.high) }
  @inline(__always)
  static func * (left: Self, right: Self) -> Self { Self(left.low * right.low, left.high * right.high) }
  @inline(__always)
  static func / (left: Self, right: Self) -> Self { Self(left.low / right.low, left.high / right.high) }
  @inline(__always)
  mutating func add(_ factor: Float, times other: Self) {
    let factors = Half(repeating: factor)
    low.addProduct(factors, other.low)
    high.addProduct(factors, other.high)
  }
  @inline(__always)
  mutating func add(_ left: Self, times right: Self) {
    low.addProduct(left.low, right.low)
    high.addProduct(left.high, right.high)
  }
  @inline(__always)
  static func smaller(_ left: Self, _ right: Self) -> Self {
    Self(
      left.low.replacing(with: right.low, where: right.low .< left.low),
      left.high.replacing(with: right.high, where: right.high .< left.high))
  }
  @inline(__always)
  static func larger(_ left: Self, _ right: Self) -> Self {
    Self(
      left.low.replacing(with: right.low, where: right.low .> left.low),
      left.high.replacing(with: right.high, where: right.high .> left.high))
  }
  @inline(__always)
  var whetherPositive: Self {
    let (zero, one) = (Half(), Half(repeating: 1))
    return Self(zero.replacing(with: one, where: low .> zero), zero.replacing(with: one, where: high .> zero))
  }
  @inline(__always)
  func squareRoot() -> Self { Self(low.squareRoot(), high.squareRoot()) }

  @inline(__always)
  func exponential() -> Self { Self(Self.exponential(low), Self.exponential(high)) }

  @inline(__always)
  func logistic() -> Self {
    // One division for both halves: 1/a = b / (ab). Both are at most 1 + e^40, whose product is still a float.
    let a = 1 + Self.exponential(Self.held(0 - low, 40))
    let b = 1 + Self.exponential(Self.held(0 - high, 40))
    let inverse = 1 / (a * b)
    return Self(b * inverse, a * inverse)
  }

  @inline(__always)
  func hyperbolicTangent() -> Self {
    let a = Self.tangentFraction(low)
    let b = Self.tangentFraction(high)
    let inverse = 1 / (a.denominator * b.denominator)
    return Self(a.numerator * (b.denominator * inverse), b.numerator * (a.denominator * inverse))
  }

  @inline(__always)
  var total: Float {
    let eight = (low + high).lowHalf + (low + high).highHalf
    let four = eight.lowHalf + eight.highHalf
    let two = four.lowHalf + four.highHalf
    return two.x + two.y
  }

  @inline(__always)
  private static func held(_ value: Half, _ bound: Float) -> Half {
    let (top, bottom) = (Half(repeating: bound), Half(repeating: -bound))
    let below = value.replacing(with: top, where: value .> top)
    return below.replacing(with: bottom, where: below .< bottom)
  }

  /// e^x for |x| at most 87, to single precision: x = n ln 2 + r with |r| at most ln 2 / 2; e^r by its series.
  @inline(__always)
  private static func exponential(_ value: Half) -> Half {
    let x = held(value, 87)
    // Adding 1.5 * 2^23 leaves no room for a fraction: the sum's last bits are the nearest whole number.
    let shift = Half(repeating: 0x1.8p23)
    let shifted = shift.addingProduct(x, Half(repeating: 1.442_695_04))
    let n = shifted - shift
    let r = x.addingProduct(n, Half(repeating: -0.693_359_375)).addingProduct(n, Half(repeating: 2.121_944_40e-4))
    var sum = Half(repeating: 1.0 / 720).addingProduct(r, Half(repeating: 1.0 / 5_040))
    sum = Half(repeating: 1.0 / 120).addingProduct(r, sum)
    sum = Half(repeating: 1.0 / 24).addingProduct(r, sum)
    sum = Half(repeating: 1.0 / 6).addingProduct(r, sum)
    sum = Half(repeating: 0.5).addingProduct(r, sum)
    sum = Half(repeating: 1).addingProduct(r, sum)
    sum = Half(repeating: 1).addingProduct(r, sum)
    let exponent = unsafeBitCast(shifted, to: SIMD16<UInt32>.self) &<< 23
    return unsafeBitCast(unsafeBitCast(sum, to: SIMD16<UInt32>.self) &+ exponent, to: Half.self)
  }

  /// tanh as an odd fraction, x P(x^2) / Q(x^2), whose relative error is at most 1.4e-7 (fitted by reweighted least
  /// squares), held where a float's tanh is as good as 1.
  ///
  /// Denominators lie between 1 and 2000, so that the product of two is a float.
  @inline(__always)
  private static func tangentFraction(_ value: Half) -> (numerator: Half, denominator: Half) {
    let x = held(value, 7.9)
    let z = x * x
    var top = Half(repeating: 2.960_473_1e-3).addingProduct(z, Half(repeating: 1.153_183_77e-5))
    top = Half(repeating: 0.129_344_173).addingProduct(z, top)
    top = Half(repeating: 0.999_999_869).addingProduct(z, top)
    var bottom = Half(repeating: 2.400_120_29e-4).addingProduct(z, Half(repeating: 2.492_547_61e-7))
    bottom = Half(repeating: 0.023_854_082).addingProduct(z, bottom)
    bottom = Half(repeating: 0.462_676_44).addingProduct(z, bottom)
    bottom = Half(repeating: 1).addingProduct(z, bottom)
    return (x * top, bottom)
  }
}
