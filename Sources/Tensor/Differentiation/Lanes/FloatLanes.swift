#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Sixteen floats: one register of AVX-512, two of AVX2, four of NEON.
struct FloatLanes: LaneVector {
  typealias Condition = SIMDMask<SIMD16<Int32>>
  private typealias Bits = SIMD16<UInt32>
  private var lanes: SIMD16<Float>

  @inline(__always)
  static var count: Int { 16 }

  @inline(__always)
  init(_ lanes: SIMD16<Float>) { self.lanes = lanes }

  @inline(__always)
  init(repeating value: Float) { lanes = SIMD16(repeating: value) }

  @inline(__always)
  init(at place: UnsafePointer<Float>) { lanes = SIMD16(at: place) }

  @inline(__always)
  func store(at place: UnsafeMutablePointer<Float>) { lanes.store(at: place) }

  @inline(__always)
  subscript(lane: Int) -> Float {
    get { lanes[lane] }
    set { lanes[lane] = newValue }
  }

  @inline(__always)
  static func + (left: Self, right: Self) -> Self { Self(left.lanes + right.lanes) }
  @inline(__always)
  static func - (left: Self, right: Self) -> Self { Self(left.lanes - right.lanes) }
  @inline(__always)
  static func * (left: Self, right: Self) -> Self { Self(left.lanes * right.lanes) }
  @inline(__always)
  static func / (left: Self, right: Self) -> Self { Self(left.lanes / right.lanes) }
  @inline(__always)
  static prefix func - (value: Self) -> Self { Self(bits: value.bits ^ signBit) }
  @inline(__always)
  func addingProduct(_ left: Self, _ right: Self) -> Self { Self(lanes.addingProduct(left.lanes, right.lanes)) }
  @inline(__always)
  func squareRoot() -> Self { Self(lanes.squareRoot()) }
  @inline(__always)
  func roundedDown() -> Self { Self(lanes.rounded(.down)) }

  @inline(__always)
  static func .< (left: Self, right: Self) -> Condition { left.lanes .< right.lanes }
  @inline(__always)
  static func .<= (left: Self, right: Self) -> Condition { left.lanes .<= right.lanes }
  @inline(__always)
  static func .== (left: Self, right: Self) -> Condition { left.lanes .== right.lanes }
  @inline(__always)
  static func select(_ condition: Condition, _ first: Self, _ second: Self) -> Self {
    Self(second.lanes.replacing(with: first.lanes, where: condition))
  }

  @inline(__always)
  private static var signBit: Bits { Bits(repeating: 1 << 31) }
  @inline(__always)
  private var bits: Bits { unsafeBitCast(lanes, to: Bits.self) }
  @inline(__always)
  private init(bits: Bits) { lanes = unsafeBitCast(bits, to: SIMD16<Float>.self) }

  @inline(__always)
  var magnitude: Self { Self(bits: bits & ~Self.signBit) }
  @inline(__always)
  func withSign(of other: Self) -> Self { Self(bits: (bits & ~Self.signBit) | (other.bits & Self.signBit)) }

  @inline(__always)
  static var naturalLogarithmOf2: (high: Float, low: Float) { (0.693_359_375, -2.121_944_40e-4) }
  @inline(__always)
  static var exponentialCeiling: Float { 88.9 }
  @inline(__always)
  static var exponentialFloor: Float { -110 }
  @inline(__always)
  static var roundingShift: Float { 0x1.8p23 }
  @inline(__always)
  static var subnormalScale: (factor: Float, exponent: Float) { (0x1p24, 24) }

  @inline(__always)
  static func exponentialTail(_ r: Self) -> Self {
    var sum = constant(1.0 / 720).addingProduct(r, constant(1.0 / 5_040))
    sum = constant(1.0 / 120).addingProduct(r, sum)
    sum = constant(1.0 / 24).addingProduct(r, sum)
    sum = constant(1.0 / 6).addingProduct(r, sum)
    return constant(0.5).addingProduct(r, sum)
  }

  @inline(__always)
  static func logarithmTail(_ z: Self) -> Self {
    var sum = constant(2.0 / 9).addingProduct(z, constant(2.0 / 11))
    sum = constant(2.0 / 7).addingProduct(z, sum)
    sum = constant(2.0 / 5).addingProduct(z, sum)
    return z * constant(2.0 / 3).addingProduct(z, sum)
  }

  @inline(__always)
  var powerOfTwo: Self {
    // The shift's last bits are the whole number; they become the exponent.
    let whole = (self + Self(repeating: Self.roundingShift)).bits
    return Self(bits: (whole &<< 23) &+ Self(repeating: 1).bits)
  }

  @inline(__always)
  var mantissaAndExponent: (m: Self, e: Self) {
    // With sqrt(1/2) for the origin, the exponent's field counts from where m begins anew; 128 keeps it positive.
    let field = (bits &- 0x3f35_04f3 &+ (128 << 23)) &>> 23
    let m = Self(bits: bits &- (field &<< 23) &+ (128 << 23))
    return (m, Self(field.wholeFloats - 128))
  }

  /// By way of doubles, whose plain logarithm is more than precise enough.
  @inline(__always)
  static func power(_ base: Self, _ exponent: Self) -> Self {
    let low = DoubleLanes.power(DoubleLanes(base.lanes.lowHalf), DoubleLanes(exponent.lanes.lowHalf))
    let high = DoubleLanes.power(DoubleLanes(base.lanes.highHalf), DoubleLanes(exponent.lanes.highHalf))
    return Self(SIMD16(lowHalf: low.floats, highHalf: high.floats))
  }

  @inline(__always)
  static func sine(_ value: Self) -> Self {
    var result = value
    for lane in 0..<count { result[lane] = sinf(value[lane]) }
    return result
  }

  @inline(__always)
  static func cosine(_ value: Self) -> Self {
    var result = value
    for lane in 0..<count { result[lane] = cosf(value[lane]) }
    return result
  }
}

extension DoubleLanes {
  @inline(__always)
  fileprivate init(_ floats: SIMD8<Float>) { self.init(SIMD8<Double>(floats)) }

  @inline(__always)
  fileprivate var floats: SIMD8<Float> {
    var result = SIMD8<Float>()
    for lane in 0..<Self.count { result[lane] = Float(self[lane]) }
    return result
  }
}
