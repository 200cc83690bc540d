#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Eight profiles in double precision, with the C library's functions: for checks, where speed does not matter.
struct DoubleProfileLanes: ProfileLanes {
  private var lanes: SIMD8<Double>

  @inline(__always)
  private init(_ lanes: SIMD8<Double>) { self.lanes = lanes }

  @inline(__always)
  static var count: Int { 8 }
  @inline(__always)
  init(repeating value: Double) { lanes = SIMD8(repeating: value) }
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
  mutating func add(_ factor: Double, times other: Self) { lanes.addProduct(SIMD8(repeating: factor), other.lanes) }
  @inline(__always)
  mutating func add(_ left: Self, times right: Self) { lanes.addProduct(left.lanes, right.lanes) }
  @inline(__always)
  static func smaller(_ left: Self, _ right: Self) -> Self {
    Self(left.lanes.replacing(with: right.lanes, where: right.lanes .< left.lanes))
  }
  @inline(__always)
  static func larger(_ left: Self, _ right: Self) -> Self {
    Self(left.lanes.replacing(with: right.lanes, where: right.lanes .> left.lanes))
  }
  @inline(__always)
  var whetherPositive: Self {
    Self(SIMD8(repeating: 0.0).replacing(with: SIMD8(repeating: 1.0), where: lanes .> SIMD8(repeating: 0)))
  }
  @inline(__always)
  func squareRoot() -> Self { Self(lanes.squareRoot()) }

  func exponential() -> Self { each(exp) }
  func hyperbolicTangent() -> Self { each(tanh) }
  func logistic() -> Self { each { 1 / (1 + exp(-$0)) } }

  var total: Double {
    var sum = 0.0
    for lane in 0..<Self.count { sum += lanes[lane] }
    return sum
  }

  private func each(_ function: (Double) -> Double) -> Self {
    var result = lanes
    for lane in 0..<Self.count { result[lane] = function(lanes[lane]) }
    return Self(result)
  }
}
