/// One point of the polynomial that hides a secret.
public struct SecretShare: Hashable, Sendable {
  /// x, above 0.
  public let index: Int
  /// y, the polynomial at x.
  public let value: Natural

  public init(index: Int, value: Natural) {
    self.index = index
    self.value = value
  }
}
