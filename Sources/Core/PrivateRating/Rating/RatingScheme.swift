import Tensor

/// An average rating that nobody needs to be trusted with: ElGamal with the rating in the exponent, the key in shares.
///
/// The product of all ciphertexts hides the sum of the ratings. Key holders open it together, each by raising c1 to its
/// share; the shares meet in the exponent only, and the key exists nowhere: whoever had it could open each single
/// rating.
///
/// Sources: Network3 figure 4, completed by the specification (2.9); ElGamal 1985; Shamir 1979; Cramer, Gennaro and
/// Schoenmakers 1997 for the sum in the exponent.
public struct RatingScheme: Sendable {
  public let group: PrimeGroup
  /// y = g^x.
  public let publicKey: Natural
  /// The largest rating, S; the smallest is 0.
  public let maximum: Int

  /// The largest S: the sum of all ratings is searched for.
  public static let largestMaximum = 1_000_000
  /// The largest sum that is searched for.
  public static let largestSum = 1_000_000_000

  /// - Throws: `InvalidParameter`.
  public init(group: PrimeGroup, publicKey: Natural, maximum: Int) throws(SecrecyError) {
    try group.check(publicKey, "the public key")
    guard (1...Self.largestMaximum).contains(maximum) else {
      throw SecrecyError(
        .invalidParameter, "the largest rating must be from 1 to \(Self.largestMaximum), but is \(maximum)")
    }
    self.group = group
    self.publicKey = publicKey
    self.maximum = maximum
  }

  /// Hides a rating.
  ///
  /// - Parameter randomness: r, below q, used once and told to nobody.
  /// - Throws: `RatingOutOfRange`, `InvalidParameter`.
  public func encrypt(_ rating: Int, randomness: Natural) throws(SecrecyError) -> RatingCiphertext {
    guard (0...maximum).contains(rating) else {
      throw SecrecyError(.ratingOutOfRange, "a rating must be from 0 to \(maximum), but is \(rating)")
    }
    try group.exponents.check(randomness, "the randomness")
    return RatingCiphertext(
      mask: group.power(randomness),
      body: group.field.product(group.power(Natural(UInt(rating))), group.field.power(publicKey, randomness)))
  }

  /// Hides a rating with randomness of its own.
  ///
  /// - Throws: `RatingOutOfRange`.
  public func encrypt(_ rating: Int, _ stream: inout RandomStream) throws(SecrecyError) -> RatingCiphertext {
    try encrypt(rating, randomness: group.exponents.random(&stream))
  }

  /// The ciphertext of the sum.
  public func total(_ ratings: [RatingCiphertext]) -> RatingCiphertext {
    ratings.reduce(RatingCiphertext(mask: .one, body: .one)) { total, rating in
      RatingCiphertext(
        mask: group.field.product(total.mask, rating.mask), body: group.field.product(total.body, rating.body))
    }
  }

  /// What a key holder publishes of a ciphertext: c1^(x_k). It says nothing of the share.
  public func partialDecryption(_ total: RatingCiphertext, by share: SecretShare) -> SecretShare {
    SecretShare(index: share.index, value: group.field.power(total.mask, share.value))
  }

  /// The sum of the ratings, from as many partial decryptions as the key has a threshold.
  ///
  /// Lagrange's weights at 0 stand in the exponent, so that the product of the parts is c1^x.
  ///
  /// - Parameters:
  ///   - parts: by key holder; the first `threshold` are used.
  ///   - raters: how many ratings the total has.
  /// - Throws: `NotEnoughShares`, `DuplicateShare`, `InvalidParameter`, also for a group too small for so many ratings;
  ///   `DecryptionFailed` when no sum of so many ratings comes out, as with a wrong part.
  public func sum(
    _ total: RatingCiphertext, parts: [SecretShare], threshold: Int, raters: Int
  ) throws(SecrecyError) -> Int {
    guard threshold >= 1, parts.count >= threshold else {
      throw SecrecyError(
        .notEnoughShares, "\(max(1, threshold)) key holders must take part, but \(parts.count) do")
    }
    let most = try largestSum(of: raters)
    let used = Array(parts.prefix(threshold))
    for part in used { try group.check(part.value, "the part of key holder \(part.index)") }
    let sharing = ShamirSharing(group.exponents)
    try sharing.checkShares(used.map { SecretShare(index: $0.index, value: .zero) })
    let masked = zip(used, sharing.weights(of: used.map(\.index), at: 0)).reduce(Natural.one) { product, term in
      group.field.product(product, group.field.power(term.0.value, term.1))
    }
    guard let inverse = group.field.inverse(masked) else {
      throw SecrecyError(.decryptionFailed, "the parts multiply to nothing")
    }
    guard let sum = SmallLogarithm(group).of(group.field.product(total.body, inverse), atMost: most) else {
      throw SecrecyError(
        .decryptionFailed, "no sum of \(raters) ratings comes out: a key holder's part, or a rating, is wrong")
    }
    return sum
  }

  /// What so many ratings can sum to at most.
  ///
  /// - Throws: `InvalidParameter` where it is too large to be searched for, or not below the group's order: exponents
  ///   count modulo q, so that a larger sum would come out as a smaller one.
  private func largestSum(of raters: Int) throws(SecrecyError) -> Int {
    let (most, overflow) = raters.multipliedReportingOverflow(by: maximum)
    guard raters >= 0, !overflow, most <= Self.largestSum else {
      throw SecrecyError(.invalidParameter, "the sum of \(raters) ratings of up to \(maximum) is too large to find")
    }
    guard Natural(UInt(most)) < group.order else {
      throw SecrecyError(
        .invalidParameter,
        "\(raters) ratings of up to \(maximum) need a group of order \(most + 1) or more, and this one's is "
          + "\(group.order)",
        hint: "take a safe prime p of at least \(2 * most + 3), or none for the group of 2048 bits")
    }
    return most
  }
}

/// Logarithms that are known to be small, by baby steps and giant steps (Shanks 1971).
private struct SmallLogarithm {
  let group: PrimeGroup

  init(_ group: PrimeGroup) { self.group = group }

  /// The k up to `bound` for which g^k is `element`; nil for none.
  func of(_ element: Natural, atMost bound: Int) -> Int? {
    let step = Int(Double(bound + 1).squareRoot().rounded(.up))
    var babies: [Natural: Int] = [:]
    var power = Natural.one
    for exponent in 0..<step {
      if babies[power] == nil { babies[power] = exponent }
      power = group.field.product(power, group.generator)
    }
    guard let back = group.field.inverse(power) else { return nil }
    var target = element
    for giant in 0...step {
      if let baby = babies[target] {
        let exponent = giant * step + baby
        return exponent <= bound ? exponent : nil
      }
      target = group.field.product(target, back)
    }
    return nil
  }
}
