import Tensor

/// Whole numbers modulo a prime.
public struct PrimeField: Hashable, Sendable {
  public let modulus: Natural

  /// The largest modulus that is worked with; above it, one power takes seconds.
  public static let bitLimit = 8192

  /// - Throws: `InvalidParameter` for a number that is no prime, or of more than 8192 bits.
  public init(modulus: Natural) throws(SecrecyError) {
    guard modulus.bitWidth <= Self.bitLimit, modulus.isProbablyPrime else {
      throw SecrecyError(
        .invalidParameter, "a field needs a prime of at most \(Self.bitLimit) bits, not \(Self.shown(modulus))")
    }
    self.modulus = modulus
  }

  /// Of a modulus that is known to be prime.
  init(prime modulus: Natural) { self.modulus = modulus }

  /// - Throws: `InvalidParameter` for a number that is not below the modulus.
  public func check(_ number: Natural, _ what: String) throws(SecrecyError) {
    guard number < modulus else {
      throw SecrecyError(
        .invalidParameter, "\(what) must be below \(Self.shown(modulus)), but is \(Self.shown(number))")
    }
  }

  public func sum(_ left: Natural, _ right: Natural) -> Natural { (left + right) % modulus }
  public func difference(_ left: Natural, _ right: Natural) -> Natural {
    (left + (modulus - right % modulus)) % modulus
  }
  public func product(_ left: Natural, _ right: Natural) -> Natural { left * right % modulus }
  public func power(_ base: Natural, _ exponent: Natural) -> Natural { base.power(exponent, modulo: modulus) }

  /// Nil for zero.
  public func inverse(_ value: Natural) -> Natural? { value.inverse(modulo: modulus) }

  public func random(_ stream: inout RandomStream) -> Natural { .random(below: modulus, &stream) }

  static func shown(_ number: Natural) -> String {
    let text = number.description
    return text.count > 40 ? "\(text.prefix(12))... (\(text.count) digits)" : text
  }
}
