import Tensor

/// Data are claimed that nobody owns.
public struct OverClaim: Diagnosable, Equatable {
  /// Counted from 0.
  public let provider: Int
  public let claimed: Double
  public let owned: Double

  public var kind: String { "OverClaim" }
  public var message: String { "provider \(provider + 1) claims \(claimed) but owns \(owned)" }
}
