/// Many bid profiles side by side, one in each lane: what a learned auction computes with.
///
/// Networks of auctions are so small that one profile would leave a wide register empty; a tile of profiles fills it,
/// and every formula is written as for one profile. Training runs in single precision, checks in double.
protocol ProfileLanes: BitwiseCopyable, Sendable {
  associatedtype Number: BinaryFloatingPoint & BitwiseCopyable & Sendable

  static var count: Int { get }
  init(repeating value: Number)
  subscript(lane: Int) -> Number { get set }

  static func + (left: Self, right: Self) -> Self
  static func - (left: Self, right: Self) -> Self
  static func * (left: Self, right: Self) -> Self
  static func / (left: Self, right: Self) -> Self
  /// Adds the product of a number and other lanes, with one rounding.
  mutating func add(_ factor: Number, times other: Self)
  /// Adds the product of two others, with one rounding.
  mutating func add(_ left: Self, times right: Self)
  static func smaller(_ left: Self, _ right: Self) -> Self
  static func larger(_ left: Self, _ right: Self) -> Self
  /// 1 where a lane is above 0, else 0.
  var whetherPositive: Self { get }
  func squareRoot() -> Self
  func exponential() -> Self
  func hyperbolicTangent() -> Self
  /// 1 / (1 + e^-x).
  func logistic() -> Self
  /// The sum of all lanes, always added in the same order.
  var total: Number { get }
}

extension ProfileLanes {
  @inline(__always)
  static var zero: Self { Self(repeating: 0) }
  @inline(__always)
  static var one: Self { Self(repeating: 1) }
  @inline(__always)
  var positivePart: Self { Self.larger(self, .zero) }
  @inline(__always)
  static func += (left: inout Self, right: Self) { left = left + right }
  @inline(__always)
  static func -= (left: inout Self, right: Self) { left = left - right }
  @inline(__always)
  static func *= (left: inout Self, right: Self) { left = left * right }
}
