import Tensor

/// Those who hold a key in shares that nobody ever put together.
///
/// Each holder deals a secret of its own among all, with commitments g^a to its polynomial that everybody checks the
/// received share against; a holder's share of the key is the sum of what it received, and the public key the product
/// of the first commitments. The key is the sum of all secrets, and no step computes it.
///
/// Sources: Pedersen, "A threshold cryptosystem without a trusted party", 1991; Feldman 1987.
public struct KeyHolders: Sendable {
  public let group: PrimeGroup
  public let threshold: Int
  public let publicKey: Natural
  /// By holder; each would keep its own to itself.
  public let shares: [SecretShare]

  /// The most holders: everybody deals to everybody.
  public static let holderLimit = 30

  /// - Throws: `InvalidParameter`; `NotEnoughShares` for a threshold above the number of holders.
  public init(
    count: Int, threshold: Int, in group: PrimeGroup, _ stream: inout RandomStream
  ) throws(SecrecyError) {
    guard (1...Self.holderLimit).contains(count), threshold >= 1 else {
      throw SecrecyError(
        .invalidParameter,
        "there must be from 1 to \(Self.holderLimit) key holders and a threshold of at least 1, not \(count) and "
          + "\(threshold)")
    }
    let sharing = ShamirSharing(group.exponents)
    var received = [Natural](repeating: .zero, count: count)
    var publicKey = Natural.one
    for _ in 0..<count {
      let polynomial = (0..<threshold).map { _ in group.exponents.random(&stream) }
      let commitments = polynomial.map { group.power($0) }
      let dealt = try sharing.split(polynomial[0], coefficients: Array(polynomial.dropFirst()), count: count)
      for (holder, share) in dealt.enumerated() {
        guard Self.verifies(share, against: commitments, in: group) else {
          throw SecrecyError(.decryptionFailed, "the share dealt to key holder \(share.index) is wrong")
        }
        received[holder] = group.exponents.sum(received[holder], share.value)
      }
      publicKey = group.field.product(publicKey, commitments[0])
    }
    self.group = group
    self.threshold = threshold
    self.publicKey = publicKey
    shares = received.enumerated().map { SecretShare(index: $0.offset + 1, value: $0.element) }
  }

  /// A key that one dealer knew: for reproducing published cases, not for keeping a secret.
  ///
  /// - Throws: as `ShamirSharing.split`.
  public init(
    dealing secret: Natural, coefficients: [Natural], count: Int, in group: PrimeGroup
  ) throws(SecrecyError) {
    self.group = group
    threshold = coefficients.count + 1
    publicKey = group.power(secret)
    shares = try ShamirSharing(group.exponents).split(secret, coefficients: coefficients, count: count)
  }

  /// Whether g^share is the product of the commitments, each to the power of x^j.
  static func verifies(_ share: SecretShare, against commitments: [Natural], in group: PrimeGroup) -> Bool {
    let x = Natural(UInt(share.index))
    // Horner's rule in the exponent.
    let expected = commitments.reversed().reduce(Natural.one) { value, commitment in
      group.field.product(group.field.power(value, x), commitment)
    }
    return group.power(share.value) == expected
  }
}
