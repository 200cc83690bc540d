/// The length that a gradient is clipped by.
public enum GradientNorm: String, CaseIterable, Sendable {
  /// The sum of absolute values; what the Laplace mechanism needs.
  case l1
  /// The Euclidean length; what the Gaussian mechanism needs.
  case l2
}

/// Shortens gradients that are longer than a bound.
public enum GradientClipping {
  /// The vector scaled by min(1, bound / norm).
  /// - Throws: `EmptyInput`, `NotFinite`; `InvalidParameter` unless `bound > 0`.
  public static func clip(_ gradient: [Double], to bound: Double, norm: GradientNorm = .l1) throws -> [Double] {
    let check = ArgumentCheck("clip vector")
    try check.nonEmpty(gradient, "g")
    try check.finite(gradient, "g")
    try check.finite(bound, "bound")
    try check.domain(bound > 0, "bound", given: bound, allowed: "a number above 0")
    let length =
      switch norm {
      case .l1: gradient.reduce(0) { $0 + abs($1) }
      case .l2: gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
      }
    return length > bound ? gradient.map { $0 * (bound / length) } : gradient
  }

  /// Shortens a whole gradient.
  static func clip(_ gradient: UnsafeMutablePointer<Float>, count: Int, bound: Float, norm: GradientNorm) {
    let total = norm.norm(ofLength: norm.length(gradient, count))
    guard total > bound else { return }
    let factor = bound / total
    for index in 0..<count { gradient[index] *= factor }
  }
}

extension GradientNorm {
  /// |v|_1, or the square of |v|_2: what lengths of parts add up to.
  func length(_ vector: UnsafePointer<Float>, _ count: Int) -> Float {
    var lanes = Lanes()
    var index = 0
    while index + Lanes.scalarCount <= count {
      lanes += part(Lanes(at: vector + index))
      index += Lanes.scalarCount
    }
    var sum = lanes.sum()
    while index < count {
      sum += self == .l1 ? abs(vector[index]) : vector[index] * vector[index]
      index += 1
    }
    return sum
  }

  /// The same of each lane's number alone.
  @inline(__always)
  func part<V: SIMD>(_ value: V) -> V where V.Scalar == Float {
    self == .l1 ? value.replacing(with: -value, where: value .< 0) : value * value
  }

  /// The norm, from the lengths of all its parts.
  func norm(ofLength length: Float) -> Float { self == .l2 ? length.squareRoot() : length }
}
