import Tensor

/// A secret in shares of which any `threshold` give it back, and fewer say nothing about it.
///
/// The secret is the value at 0 of a polynomial of degree threshold - 1 over a prime field; share k is its value at k.
///
/// Source: Shamir, "How to share a secret", 1979; Network3 figure 4.
public struct ShamirSharing: Sendable {
  public let field: PrimeField
  /// The most shares that are dealt.
  public static let shareLimit = 100_000

  public init(_ field: PrimeField) { self.field = field }

  /// The shares 1 to `count` of a secret.
  ///
  /// - Parameter coefficients: of x, x^2, ...; one less than shares are needed.
  /// - Throws: `InvalidParameter` for numbers outside the field or more shares than it has points, `NotEnoughShares` when
  ///   all shares together would not give the secret back.
  public func split(
    _ secret: Natural, coefficients: [Natural], count: Int
  ) throws(SecrecyError) -> [SecretShare] {
    try field.check(secret, "the secret")
    for coefficient in coefficients { try field.check(coefficient, "a coefficient") }
    guard count > coefficients.count else {
      throw SecrecyError(
        .notEnoughShares, "\(coefficients.count + 1) shares are needed, but only \(count) would be dealt")
    }
    guard count <= Self.shareLimit, Natural(UInt(count)) < field.modulus else {
      throw SecrecyError(
        .invalidParameter,
        "at most \(Self.shareLimit) shares can be dealt, fewer than the field has numbers, not \(count)")
    }
    return (1...count).map { index in
      SecretShare(index: index, value: evaluate([secret] + coefficients, at: index))
    }
  }

  /// The shares of a secret, by a polynomial drawn at random.
  ///
  /// - Throws: as above; `InvalidParameter` for a threshold below 1.
  public func split(
    _ secret: Natural, threshold: Int, count: Int, _ stream: inout RandomStream
  ) throws(SecrecyError) -> [SecretShare] {
    guard (1...Self.shareLimit).contains(threshold) else {
      throw SecrecyError(
        .invalidParameter, "a threshold must be from 1 to \(Self.shareLimit), but is \(threshold)")
    }
    return try split(secret, coefficients: (1..<threshold).map { _ in field.random(&stream) }, count: count)
  }

  /// The secret, from the first `threshold` of the shares.
  ///
  /// - Returns: it, and whether the other shares lie on the same polynomial.
  /// - Throws: `NotEnoughShares`, `DuplicateShare`, `InvalidParameter`.
  public func recover(
    _ shares: [SecretShare], threshold: Int
  ) throws(SecrecyError) -> (secret: Natural, isConsistent: Bool) {
    try checkShares(shares)
    guard threshold >= 1, shares.count >= threshold else {
      throw SecrecyError(
        .notEnoughShares, "\(max(1, threshold)) shares are needed, but there are \(shares.count)")
    }
    let basis = Array(shares.prefix(threshold))
    let isConsistent = shares.dropFirst(threshold).allSatisfy { value(of: basis, at: $0.index) == $0.value }
    return (value(of: basis, at: 0), isConsistent)
  }

  /// What each of the points counts at x: the Lagrange coefficients.
  ///
  /// - Precondition: the indices differ from each other modulo the field's prime.
  func weights(of indices: [Int], at x: Int) -> [Natural] {
    indices.map { index in
      var (numerator, denominator) = (Natural.one, Natural.one)
      for other in indices where other != index {
        numerator = field.product(numerator, difference(x, other))
        denominator = field.product(denominator, difference(index, other))
      }
      return field.product(numerator, field.inverse(denominator) ?? .zero)
    }
  }

  /// - Throws: `DuplicateShare`; `InvalidParameter` for an index that is no point of the field but 0.
  func checkShares(_ shares: [SecretShare]) throws(SecrecyError) {
    var seen: Set<Int> = []
    for share in shares {
      guard share.index > 0, Natural(UInt(share.index)) < field.modulus else {
        throw SecrecyError(
          .invalidParameter, "a share's index must be above 0 and below the field's prime, but is \(share.index)")
      }
      guard seen.insert(share.index).inserted else {
        throw SecrecyError(.duplicateShare, "share \(share.index) is given twice")
      }
      try field.check(share.value, "share \(share.index)")
    }
  }

  private func value(of shares: [SecretShare], at x: Int) -> Natural {
    zip(weights(of: shares.map(\.index), at: x), shares).reduce(.zero) { sum, term in
      field.sum(sum, field.product(term.0, term.1.value))
    }
  }

  /// Horner's rule.
  func evaluate(_ coefficients: [Natural], at x: Int) -> Natural {
    let x = Natural(UInt(x))
    return coefficients.reversed().reduce(.zero) { field.sum(field.product($0, x), $1) }
  }

  /// Of two numbers that are at least 0, in the field.
  private func difference(_ left: Int, _ right: Int) -> Natural {
    field.difference(Natural(UInt(left)) % field.modulus, Natural(UInt(right)) % field.modulus)
  }
}
