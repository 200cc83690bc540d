import Tensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How long a message is on its way, in seconds.
public enum DelayLaw: Sendable, Equatable {
  case constant(Double)
  case uniform(Double, Double)
  /// With a mean.
  case exponential(Double)
  /// With a median, and the standard deviation of the logarithm.
  case logNormal(median: Double, spread: Double)

  public var mean: Double {
    switch self {
    case .constant(let delay): delay
    case .uniform(let low, let high): (low + high) / 2
    case .exponential(let mean): mean
    case .logNormal(let median, let spread): median * exp(spread * spread / 2)
    }
  }

  /// - Throws: `InvalidParameter` for a delay that is negative or not finite.
  func check() throws(ConsensusError) {
    let isRight =
      switch self {
      case .constant(let delay), .exponential(let delay): delay >= 0 && delay.isFinite
      case .uniform(let low, let high): low >= 0 && low <= high && high.isFinite
      case .logNormal(let median, let spread): median >= 0 && median.isFinite && (0...10).contains(spread)
      }
    try ConsensusError.check(isRight, "a delay must be finite and at least 0, and the law \(self) gives others")
  }

  func draw(_ stream: inout RandomStream) -> Double {
    switch self {
    case .constant(let delay): delay
    case .uniform(let low, let high): stream.uniform(low, high)
    case .exponential(let mean): -mean * log(stream.openUniform())
    case .logNormal(let median, let spread): median * exp(spread * stream.normal())
    }
  }
}
