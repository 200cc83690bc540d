#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Eight doubles: one register of AVX-512, two of AVX2, four of NEON.
struct DoubleLanes: LaneVector {
  typealias Condition = SIMDMask<SIMD8<Int64>>
  private typealias Bits = SIMD8<UInt64>
  private var lanes: SIMD8<Double>

  @inline(__always)
  static var count: Int { 8 }

  @inline(__always)
  init(_ lanes: SIMD8<Double>) { self.lanes = lanes }

  @inline(__always)
  init(repeating value: Double) { lanes = SIMD8(repeating: value) }

  @inline(__always)
  init(at place: UnsafePointer<Double>) {
    lanes = UnsafeRawPointer(place).loadUnaligned(as: SIMD8<Double>.self)
  }

  @inline(__always)
  func store(at place: UnsafeMutablePointer<Double>) {
    UnsafeMutableRawPointer(place).storeBytes(of: lanes, as: SIMD8<Double>.self)
  }

  @inline(__always)
  subscript(lane: Int) -> Double {
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
  private static var signBit: Bits { Bits(repeating: 1 << 63) }
  @inline(__always)
  private var bits: Bits { unsafeBitCast(lanes, to: Bits.self) }
  @inline(__always)
  private init(bits: Bits) { lanes = unsafeBitCast(bits, to: SIMD8<Double>.self) }

  @inline(__always)
  var magnitude: Self { Self(bits: bits & ~Self.signBit) }
  @inline(__always)
  func withSign(of other: Self) -> Self { Self(bits: (bits & ~Self.signBit) | (other.bits & Self.signBit)) }

  @inline(__always)
  static var naturalLogarithmOf2: (high: Double, low: Double) { (0x1.62e42feep-1, 0x1.a39ef35793c76p-33) }
  @inline(__always)
  static var exponentialCeiling: Double { 709.9 }
  @inline(__always)
  static var exponentialFloor: Double { -760 }
  @inline(__always)
  static var roundingShift: Double { 0x1.8p52 }
  @inline(__always)
  static var subnormalScale: (factor: Double, exponent: Double) { (0x1p54, 54) }

  // Even and odd terms apart: shorter chains, and a compiler that gathers lanes into vectors loses track of long ones.

  @inline(__always)
  static func exponentialTail(_ r: Self) -> Self {
    let square = r * r
    var even = constant(1.0 / 3_628_800).addingProduct(square, constant(1.0 / 479_001_600))
    var odd = constant(1.0 / 39_916_800).addingProduct(square, constant(1.0 / 6_227_020_800))
    even = constant(1.0 / 40_320).addingProduct(square, even)
    odd = constant(1.0 / 362_880).addingProduct(square, odd)
    even = constant(1.0 / 720).addingProduct(square, even)
    odd = constant(1.0 / 5_040).addingProduct(square, odd)
    even = constant(1.0 / 24).addingProduct(square, even)
    odd = constant(1.0 / 120).addingProduct(square, odd)
    even = constant(0.5).addingProduct(square, even)
    odd = constant(1.0 / 6).addingProduct(square, odd)
    return even + r * odd
  }

  @inline(__always)
  static func logarithmTail(_ z: Self) -> Self {
    z * (constant(2.0 / 3) + z * logarithmFarTail(z))
  }

  /// The same without its first term, over z.
  @inline(__always)
  static func logarithmFarTail(_ z: Self) -> Self {
    let square = z * z
    var even = constant(2.0 / 17).addingProduct(square, constant(2.0 / 21))
    var odd = constant(2.0 / 15).addingProduct(square, constant(2.0 / 19))
    even = constant(2.0 / 13).addingProduct(square, even)
    odd = constant(2.0 / 11).addingProduct(square, odd)
    even = constant(2.0 / 9).addingProduct(square, even)
    odd = constant(2.0 / 7).addingProduct(square, odd)
    even = constant(2.0 / 5).addingProduct(square, even)
    return even + z * odd
  }

  @inline(__always)
  var powerOfTwo: Self {
    // The shift's last bits are the whole number; they become the exponent.
    let whole = (self + Self(repeating: Self.roundingShift)).bits
    return Self(bits: (whole &<< 52) &+ Self(repeating: 1).bits)
  }

  @inline(__always)
  var mantissaAndExponent: (m: Self, e: Self) {
    // With sqrt(1/2) for the origin, the exponent's field counts from where m begins anew; 1024 keeps it positive.
    let field = (bits &- 0x3FE6_A09E_667F_3BCD &+ (1024 << 52)) &>> 52
    let m = Self(bits: bits &- (field &<< 52) &+ (1024 << 52))
    // Put below the exponent of 2^52, a whole number is that double plus 2^52.
    let e = Self(bits: field | 0x4330_0000_0000_0000) - Self(repeating: 0x1p52 + 1024)
    return (m, e)
  }

  @inline(__always)
  static func sine(_ value: Self) -> Self {
    var result = value
    for lane in 0..<count { result[lane] = sin(value[lane]) }
    return result
  }

  @inline(__always)
  static func cosine(_ value: Self) -> Self {
    var result = value
    for lane in 0..<count { result[lane] = cos(value[lane]) }
    return result
  }
}
