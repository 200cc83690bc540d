import Tensor

/// Signing and sealing in one: only the receiver can read a message and see from whom it is, and be sure of it.
///
/// U = g^u, K = pk_B^u, cipher = (id_A, m) xor a stream from K, e = H3(U, K, cipher, id_A, pk_A, id_B, pk_B, m),
/// v = u + e sk_A. The receiver has K = U^(sk_B) and accepts if and only if g^v = U pk_A^e. K stands inside e, so that
/// nobody can test a guess of the message against public values. No proof of security is claimed.
///
/// Source: specification 2.9, in the manner of Zheng 1997.
public struct Signcryption: Hashable, Sendable {
  public let group: PrimeGroup
  /// The longest name, in bytes.
  public static let longestName = 65_535

  public init(_ group: PrimeGroup) { self.group = group }

  public struct Envelope: Hashable, Sendable {
    /// U.
    public var mask: Natural
    public var cipher: [UInt8]
    /// v.
    public var proof: Natural

    public init(mask: Natural, cipher: [UInt8], proof: Natural) {
      self.mask = mask
      self.cipher = cipher
      self.proof = proof
    }
  }

  /// pk = X R P0^H1(id, R, X): whether a key belongs to its name.
  public func verifies(_ identity: SigncryptionIdentity, authority: Natural) -> Bool {
    let hash = bindingHash(identity.name, given: identity.givenPart, own: identity.ownPart)
    let expected = group.field.product(
      group.field.product(identity.ownPart, identity.givenPart), group.field.power(authority, hash))
    return group.contains(identity.publicKey) && identity.publicKey == expected
  }

  /// Seals and signs a message.
  ///
  /// - Parameter nonce: u, below q and above 0, used once and told to nobody.
  /// - Throws: `InvalidParameter`.
  public func seal(
    _ message: [UInt8], from sender: SigncryptionParty, to receiver: SigncryptionIdentity, nonce: Natural
  ) throws(SecrecyError) -> Envelope {
    try group.exponents.check(nonce, "the nonce")
    guard !nonce.isZero else { throw SecrecyError(.invalidParameter, "the nonce must be above 0") }
    let mask = group.power(nonce)
    let key = group.field.power(receiver.publicKey, nonce)
    let name = Array(sender.identity.name.utf8)
    let plain = [UInt8(name.count >> 8), UInt8(name.count & 255)] + name + message
    let cipher = Self.masked(plain, by: keyStream(key, mask, receiver, count: plain.count))
    let challenge = challenge(mask, key, cipher, sender.identity, receiver, message)
    return Envelope(
      mask: mask, cipher: cipher,
      proof: group.exponents.sum(nonce, group.exponents.product(challenge, sender.secretKey)))
  }

  /// Opens an envelope.
  ///
  /// - Parameters:
  ///   - directory: the public identity of a name, nil for a stranger.
  /// - Throws: `SigncryptionInvalid` for an envelope that anybody changed, that is for somebody else, or whose sender is
  ///   not known: which of these, it does not say.
  public func open(
    _ envelope: Envelope, for receiver: SigncryptionParty, senders directory: (String) -> SigncryptionIdentity?
  ) throws(SecrecyError) -> (message: [UInt8], sender: String) {
    let invalid = SecrecyError(
      .signcryptionInvalid, "the envelope is not what a known sender sealed for '\(receiver.identity.name)'")
    guard group.contains(envelope.mask), envelope.proof < group.order else { throw invalid }
    let key = group.field.power(envelope.mask, receiver.secretKey)
    let stream = keyStream(key, envelope.mask, receiver.identity, count: envelope.cipher.count)
    let plain = Self.masked(envelope.cipher, by: stream)
    guard plain.count >= 2 else { throw invalid }
    let end = 2 + Int(plain[0]) << 8 + Int(plain[1])
    guard plain.count >= end, let name = String(validating: plain[2..<end], as: UTF8.self),
      let sender = directory(name)
    else { throw invalid }
    let message = Array(plain[end...])
    let challenge = challenge(envelope.mask, key, envelope.cipher, sender, receiver.identity, message)
    let expected = group.field.product(envelope.mask, group.field.power(sender.publicKey, challenge))
    guard group.power(envelope.proof) == expected else { throw invalid }
    return (message, name)
  }

  static func check(_ name: String) throws(SecrecyError) {
    guard !name.isEmpty, name.utf8.count <= longestName else {
      throw SecrecyError(
        .invalidParameter, "a name has from 1 to \(longestName) bytes, not \(name.utf8.count)")
    }
  }

  private static func masked(_ bytes: [UInt8], by stream: [UInt8]) -> [UInt8] { zip(bytes, stream).map { $0 ^ $1 } }
}
