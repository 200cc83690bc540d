import Testing

@testable import Tensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct LaplaceNoiseTests {
  /// Against the C library in double precision, from the smallest uniform number drawn to the largest.
  @Test func logarithmIsAccurate() {
    var stream = RandomStream(seed: 1, purpose: "test")
    for _ in 0..<5000 {
      var x = Lanes()
      for lane in 0..<16 { x[lane] = Float(exp2(stream.uniform(-33, 5))) }
      let logarithm = VectorLogarithm.natural(x)
      for lane in 0..<16 {
        let exact = log(Double(x[lane]))
        #expect(abs(Double(logarithm[lane]) - exact) <= 2.5e-7 * max(abs(exact), 0.05))
      }
    }
    #expect(VectorLogarithm.natural(Lanes(repeating: 1)) == Lanes())
  }

  /// The empirical distribution of 100,000 deviates against 1/2 exp(x/b) and its mirror image, by the statistic of
  /// Kolmogorov and Smirnov, whose 99.99 % quantile is 2.23 / sqrt(n).
  @Test func deviatesFollowTheLaw() {
    let (count, scale) = (100_003, 0.7)
    let buffer = AlignedBuffer(count: count)
    var stream = RandomStream(seed: 2, purpose: "test")
    LaplaceNoise.add(to: buffer.base, count: count, scale: Float(scale), stream: &stream)
    let values = buffer.array.map { Double($0) }.sorted()
    var largest = 0.0
    for (rank, x) in values.enumerated() {
      let law = x < 0 ? 0.5 * exp(x / scale) : 1 - 0.5 * exp(-x / scale)
      largest = max(largest, abs(law - Double(rank) / Double(count)), abs(law - Double(rank + 1) / Double(count)))
    }
    #expect(largest < 2.23 / Double(count).squareRoot())
    #expect(values.allSatisfy { abs($0) <= 22.2 * scale })
  }

  /// The scalar stream obeys the same law: the mean absolute value is the scale, within five standard errors.
  @Test func singleDeviatesFollowTheLaw() {
    var stream = RandomStream(seed: 3, purpose: "test")
    let values = (0..<100_000).map { _ in stream.laplace(scale: 3) }
    let root = 100_000.0.squareRoot()
    let distance = values.reduce(0) { $0 + abs($1) } / 100_000
    let mean = values.reduce(0, +) / 100_000
    #expect(abs(distance - 3) < 15 / root)
    #expect(abs(mean) < 15 * 2.0.squareRoot() / root)
  }
}
