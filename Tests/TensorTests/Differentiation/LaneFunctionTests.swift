import Foundation
import Testing

@testable import Tensor

/// Vector functions against the C library's, over every sign and exponent.
@Suite struct LaneFunctionTests {
  /// Any bits at all, then the ranges in which results are neither 0 nor infinite, then the neighbourhoods of 0 and 1.
  private static func doubles(_ purpose: String) -> [Double] {
    var stream = RandomStream(seed: 3, purpose: purpose)
    var values: [Double] = [
      0, -0.0, 1, -1, 2, 0.5, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, -.leastNonzeroMagnitude,
      .leastNormalMagnitude, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 709.78, 709.79, -708.5, -745.1,
      -745.2,
      1e-20, -1e-20, 0.0 - 0x1p-53, 1 + 0x1p-52, 0x1p53, 0x1p53 + 2, 3, -3, -0.5,
    ]
    for _ in 0..<40_000 { values.append(Double(bitPattern: stream.next())) }
    for _ in 0..<40_000 { values.append(stream.uniform(-760, 760)) }
    for _ in 0..<40_000 { values.append(stream.uniform(-2, 2)) }
    for _ in 0..<20_000 { values.append(1 + stream.uniform(-1, 1) * pow(2, stream.uniform(-52, 0))) }
    for _ in 0..<20_000 { values.append(stream.uniform(-1, 1) * pow(2, stream.uniform(-60, 0))) }
    return values
  }

  private static func floats(_ purpose: String) -> [Float] {
    var stream = RandomStream(seed: 4, purpose: purpose)
    var values: [Float] = [
      0, -0.0, 1, -1, 2, 0.5, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, -.leastNonzeroMagnitude,
      .leastNormalMagnitude, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 88.72, 88.73, -87.4, -103.9, -104,
    ]
    for _ in 0..<60_000 { values.append(Float(bitPattern: UInt32(truncatingIfNeeded: stream.next()))) }
    for _ in 0..<40_000 { values.append(Float(stream.uniform(-110, 110))) }
    for _ in 0..<40_000 { values.append(Float(stream.uniform(-2, 2))) }
    return values
  }

  /// How many representable numbers lie between two, infinite where only one of them is NaN.
  private static func distance(_ a: Double, _ b: Double) -> Double {
    if a.isNaN || b.isNaN { return a.isNaN && b.isNaN ? 0 : .infinity }
    func rank(_ x: Double) -> Int64 {
      let bits = Int64(bitPattern: x.bitPattern)
      return bits < 0 ? Int64.min &- bits : bits
    }
    let (difference, overflows) = rank(a).subtractingReportingOverflow(rank(b))
    return overflows ? .infinity : Double(difference.magnitude)
  }

  private static func distance(_ a: Float, _ b: Float) -> Double {
    if a.isNaN || b.isNaN { return a.isNaN && b.isNaN ? 0 : .infinity }
    func rank(_ x: Float) -> Int32 {
      let bits = Int32(bitPattern: x.bitPattern)
      return bits < 0 ? Int32.min &- bits : bits
    }
    return (Double(rank(a)) - Double(rank(b))).magnitude
  }

  private func check(
    _ name: String, atMost limit: Double = 2, _ vector: (DoubleLanes) -> DoubleLanes, _ scalar: (Double) -> Double
  ) {
    var worst = (distance: 0.0, at: 0.0)
    for x in Self.doubles(name) {
      let distance = Self.distance(vector(DoubleLanes(repeating: x))[0], scalar(x))
      if distance > worst.distance { worst = (distance, x) }
    }
    print("\(name): \(worst.distance) ulp at \(worst.at)")
    #expect(worst.distance <= limit, "\(name) at \(worst.at)")
  }

  private func check(
    _ name: String, atMost limit: Double = 2, _ vector: (FloatLanes) -> FloatLanes, _ scalar: (Double) -> Double
  ) {
    var worst = (distance: 0.0, at: Float(0))
    for x in Self.floats(name) {
      let distance = Self.distance(vector(FloatLanes(repeating: x))[0], Float(scalar(Double(x))))
      if distance > worst.distance { worst = (distance, x) }
    }
    print("\(name), single: \(worst.distance) ulp at \(worst.at)")
    #expect(worst.distance <= limit, "\(name) at \(worst.at)")
  }

  private func sigmoid(_ x: Double) -> Double { x < 0 ? exp(x) / (1 + exp(x)) : 1 / (1 + exp(-x)) }

  /// The C library's in double is itself wrong by two places; in more digits it is a fair judge.
  private func sharpTangent(_ x: Double) -> Double {
    #if arch(x86_64) && os(Linux)
      Double(Foundation.tanh(Float80(x)))
    #else
      Foundation.tanh(x)
    #endif
  }

  @Test func doubles() {
    check("exp", DoubleLanes.exp, Foundation.exp)
    check("expm1", DoubleLanes.expMinusOne, Foundation.expm1)
    check("log", DoubleLanes.log, Foundation.log)
    check("log1p", DoubleLanes.logOnePlus, Foundation.log1p)
    check("tanh", DoubleLanes.hyperbolicTangent, sharpTangent)
    check("sigmoid", DoubleLanes.sigmoid, sigmoid)
    check("sin", DoubleLanes.sine, Foundation.sin)
    check("cos", DoubleLanes.cosine, Foundation.cos)
    check("sqrt", atMost: 0, { (x: DoubleLanes) in x.squareRoot() }, { (x: Double) in x.squareRoot() })
    check("floor", atMost: 0, { (x: DoubleLanes) in x.roundedDown() }, { (x: Double) in x.rounded(.down) })
  }

  @Test func floats() {
    check("exp", FloatLanes.exp, Foundation.exp)
    check("expm1", FloatLanes.expMinusOne, Foundation.expm1)
    check("log", FloatLanes.log, Foundation.log)
    check("log1p", FloatLanes.logOnePlus, Foundation.log1p)
    check("tanh", FloatLanes.hyperbolicTangent, Foundation.tanh)
    check("sigmoid", FloatLanes.sigmoid, sigmoid)
    check("sin", FloatLanes.sine, Foundation.sin)
    check("cos", FloatLanes.cosine, Foundation.cos)
    check("sqrt", atMost: 0, { (x: FloatLanes) in x.squareRoot() }, { (x: Double) in x.squareRoot() })
  }

  @Test func signsOfZeroStay() {
    for function in [DoubleLanes.expMinusOne, DoubleLanes.logOnePlus, DoubleLanes.hyperbolicTangent] {
      #expect(function(DoubleLanes(repeating: -0.0))[0].sign == .minus)
    }
  }

  @Test func powers() {
    var stream = RandomStream(seed: 5, purpose: "powers")
    let ends: [Double] = [
      0, -0.0, 1, -1, 2, -2, 0.5, -0.5, 3, -3, 1.5, .infinity, -.infinity, .nan, 0x1p53, 0x1p53 + 2, 1e300, -1e300,
      .leastNonzeroMagnitude, -.leastNonzeroMagnitude,
    ]
    var pairs = ends.flatMap { x in ends.map { (x, $0) } }
    for _ in 0..<60_000 { pairs.append((Double(bitPattern: stream.next()), Double(bitPattern: stream.next()))) }
    for _ in 0..<60_000 { pairs.append((pow(2, stream.uniform(-1074, 1023)), stream.uniform(-5, 5))) }
    for _ in 0..<60_000 { pairs.append((stream.uniform(0, 3), stream.uniform(-600, 600))) }
    for _ in 0..<60_000 { pairs.append((stream.uniform(-30, 30), stream.uniform(-200, 200).rounded())) }
    var (worst, worstFloat) = (0.0, 0.0)
    for (x, y) in pairs {
      let power = DoubleLanes.power(DoubleLanes(repeating: x), DoubleLanes(repeating: y))[0]
      let distance = Self.distance(power, pow(x, y))
      if distance > 2 { Issue.record("\(x) to the power \(y) is \(pow(x, y)), got \(power)") }
      worst = max(worst, distance)
      let (a, b) = (Float(x), Float(y))
      let single = FloatLanes.power(FloatLanes(repeating: a), FloatLanes(repeating: b))[15]
      worstFloat = max(worstFloat, Self.distance(single, Float(pow(Double(a), Double(b)))))
    }
    print("pow: \(worst) ulp, single: \(worstFloat) ulp")
    #expect(worstFloat <= 1)
  }
}
