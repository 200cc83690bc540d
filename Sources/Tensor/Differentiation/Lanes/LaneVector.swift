/// Several numbers that one instruction of the processor works on: what compiled formulas are evaluated in.
///
/// The standard library's SIMD types work lane by lane where the type is generic. Here every requirement is witnessed on
/// the concrete type, so that generic loops over a `LaneVector` come out as vector instructions.
protocol LaneVector: Sendable {
  associatedtype Scalar: BinaryFloatingPoint & SIMDScalar & Sendable
  /// One truth value per lane.
  associatedtype Condition

  static var count: Int { get }
  init(repeating value: Scalar)
  /// Loads from any address.
  init(at place: UnsafePointer<Scalar>)
  func store(at place: UnsafeMutablePointer<Scalar>)
  subscript(lane: Int) -> Scalar { get set }

  static func + (left: Self, right: Self) -> Self
  static func - (left: Self, right: Self) -> Self
  static func * (left: Self, right: Self) -> Self
  static func / (left: Self, right: Self) -> Self
  static prefix func - (value: Self) -> Self
  /// `self + left * right`, rounded once.
  func addingProduct(_ left: Self, _ right: Self) -> Self
  func squareRoot() -> Self
  func roundedDown() -> Self
  var magnitude: Self { get }
  /// The magnitude of `self` with the sign of `other`.
  func withSign(of other: Self) -> Self

  static func .< (left: Self, right: Self) -> Condition
  static func .<= (left: Self, right: Self) -> Condition
  static func .== (left: Self, right: Self) -> Condition
  /// In each lane `first` where the condition holds and `second` where not; the other is ignored, even if it is NaN.
  static func select(_ condition: Condition, _ first: Self, _ second: Self) -> Self

  /// `ln 2` in two parts; the first has so few digits that its product with an exponent is exact.
  static var naturalLogarithmOf2: (high: Scalar, low: Scalar) { get }
  /// Beyond this e^x is infinite, though half of it is not yet; below `exponentialFloor` it is 0.
  static var exponentialCeiling: Scalar { get }
  static var exponentialFloor: Scalar { get }
  /// Added to a number and taken off again, it leaves the nearest whole number.
  static var roundingShift: Scalar { get }
  /// A power of two that makes subnormal numbers normal, and its exponent.
  static var subnormalScale: (factor: Scalar, exponent: Scalar) { get }
  /// `(e^r - 1 - r) / r^2` for |r| <= ln 2 / 2.
  static func exponentialTail(_ r: Self) -> Self
  /// `(ln((1 + s) / (1 - s)) - 2 s) / s` for |s| <= 0.172, given `z = s^2`.
  static func logarithmTail(_ z: Self) -> Self
  /// `2^self` for whole numbers that are a normal number's exponent.
  var powerOfTwo: Self { get }
  /// A positive normal number as `m 2^e`, with m in [sqrt(1/2), sqrt(2)).
  var mantissaAndExponent: (m: Self, e: Self) { get }

  static func power(_ base: Self, _ exponent: Self) -> Self
  static func sine(_ value: Self) -> Self
  static func cosine(_ value: Self) -> Self
}

extension LaneVector {
  /// Stores the first `count` lanes, or all if it is as many.
  @inline(__always)
  func store(at place: UnsafeMutablePointer<Scalar>, count: Int) {
    if count >= Self.count {
      store(at: place)
    } else {
      for lane in 0..<count { place[lane] = self[lane] }
    }
  }

  @inline(__always)
  static func constant(_ value: Scalar) -> Self { Self(repeating: value) }

  /// `self`, held to at most `high` and at least `low`; NaN stays.
  @inline(__always)
  func held(_ low: Scalar, _ high: Scalar) -> Self {
    let (low, high) = (Self(repeating: low), Self(repeating: high))
    let below = Self.select(high .< self, high, self)
    return Self.select(below .< low, low, below)
  }

  /// 1 where the condition holds, 0 where not.
  @inline(__always)
  static func indicator(_ condition: Condition) -> Self {
    select(condition, Self(repeating: 1), Self(repeating: 0))
  }
}
