/// A rating under the key holders' public key: (g^r, g^s y^r).
///
/// Ciphertexts multiply into one of the sum of their ratings.
public struct RatingCiphertext: Hashable, Sendable {
  /// c1 = g^r.
  public let mask: Natural
  /// c2 = g^s y^r.
  public let body: Natural

  public init(mask: Natural, body: Natural) {
    self.mask = mask
    self.body = body
  }
}
