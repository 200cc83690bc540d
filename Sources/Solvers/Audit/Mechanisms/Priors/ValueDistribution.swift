import Tensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How one number of a report is distributed over its bounds.
public enum ValueDistribution: Equatable, Sendable {
  case uniform
  /// Of this mean, counted from the lower bound, given that it lies within the bounds.
  case exponential(mean: Double)
  /// Given that it lies within the bounds.
  case normal(mean: Double, deviation: Double)
  /// Stretched over the bounds.
  case beta(alpha: Double, beta: Double)

  /// - Throws: `NotFinite`, `InvalidParameter` for parameters that are not above 0.
  public func validated() throws -> ValueDistribution {
    switch self {
    case .uniform: break
    case .exponential(let mean): try check(.scalar("mean of the exponential distribution", mean, .positive))
    case .normal(let mean, let deviation):
      try check(
        .scalar("mean of the normal distribution", mean, .real),
        .scalar("deviation of the normal distribution", deviation, .positive))
    case .beta(let alpha, let beta):
      try check(
        .scalar("alpha of the beta distribution", alpha, .positive),
        .scalar("beta of the beta distribution", beta, .positive))
    }
    return self
  }

  func draw(_ bounds: ClosedRange<Double>, _ random: inout RandomStream) -> Double {
    let (low, high) = (bounds.lowerBound, bounds.upperBound)
    let value: Double
    switch self {
    case .uniform: value = random.uniform(low, high)
    case .exponential(let mean):
      // By the inverse of the distribution cut off at the upper bound.
      let mass = -expm1(-(high - low) / mean)
      value = low - mean * log1p(-random.uniform() * mass)
    case .normal(let mean, let deviation):
      value = Self.truncatedNormal(mean, deviation, bounds, &random)
    case .beta(let alpha, let beta):
      let (a, b) = (random.gamma(shape: alpha), random.gamma(shape: beta))
      // With tiny parameters both can underflow: then all weight lies at the ends.
      let share = a + b > 0 ? a / (a + b) : random.uniform() < alpha / (alpha + beta) ? 1 : 0
      value = low + (high - low) * share
    }
    return min(max(value, low), high)
  }

  /// By rejection while that is likely to succeed, otherwise by rejection from the uniform distribution over the bounds,
  /// which is efficient exactly where the bounds are narrow or far out.
  private static func truncatedNormal(
    _ mean: Double, _ deviation: Double, _ bounds: ClosedRange<Double>, _ random: inout RandomStream
  ) -> Double {
    for _ in 0..<64 {
      let value = mean + deviation * random.normal()
      if bounds.contains(value) { return value }
    }
    let mode = min(max(mean, bounds.lowerBound), bounds.upperBound)
    func exponent(_ value: Double) -> Double {
      let (z, top) = ((value - mean) / deviation, (mode - mean) / deviation)
      return (top * top - z * z) / 2
    }
    for _ in 0..<10_000 {
      let value = random.uniform(bounds.lowerBound, bounds.upperBound)
      if log(random.openUniform()) <= exponent(value) { return value }
    }
    return mode
  }
}
