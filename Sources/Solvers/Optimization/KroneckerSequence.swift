import Tensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A low-discrepancy sequence in the unit cube: the multiples of a vector of badly approximable numbers, modulo 1.
///
/// The vector is (1/g, 1/g^2, ..., 1/g^d) with g the positive root of x^(d+1) = x + 1 (for d = 1 the golden ratio); a
/// Kronecker sequence in the sense of Kuipers and Niederreiter, "Uniform distribution of sequences" (1974), with the
/// generator that Roberts proposed in 2018. A random shift (Cranley and Patterson, SIAM Journal on Numerical Analysis
/// 13, 1976) makes every point uniform by itself.
struct KroneckerSequence {
  private let steps: [UInt64]
  /// Fractions of 2^64, so that the multiples wrap around exactly, however many there are.
  private var position: [UInt64]

  init(dimension: Int, seed: UInt64) {
    var root = 2.0
    for _ in 0..<64 { root = pow(1 + root, 1 / Double(dimension + 1)) }
    steps = (1...max(1, dimension)).prefix(dimension).map { UInt64(0x1p64 * pow(root, -Double($0))) }
    var stream = RandomStream(seed: seed, purpose: "low-discrepancy shift")
    position = steps.map { _ in stream.next() }
  }

  /// The next point, every coordinate in [0, 1).
  mutating func next() -> [Double] {
    for axis in steps.indices { position[axis] &+= steps[axis] }
    return position.map { Double($0 >> 11) * 0x1p-53 }
  }
}
