import Tensor

/// A name and its public key, pk = X g^d, with what shows that the key is the name's.
public struct SigncryptionIdentity: Hashable, Sendable {
  public let name: String
  /// pk.
  public let publicKey: Natural
  /// X = g^x, of the part that only the party knows.
  public let ownPart: Natural
  /// R = g^rho, of the part that the authority gave.
  public let givenPart: Natural
}

/// A party: its identity and secret key.
public struct SigncryptionParty: Sendable {
  public let identity: SigncryptionIdentity
  /// sk = x + d.
  let secretKey: Natural
}

/// Gives every name the part of its key that ties the key to the name: no certificates are needed, and the authority
/// alone cannot act for anybody, since it does not know x.
///
/// Source: certificateless signcryption without pairings, specification 2.9.
public struct SigncryptionAuthority: Sendable {
  public let scheme: Signcryption
  /// P0 = g^s.
  public let publicKey: Natural
  private let master: Natural

  /// - Parameter master: s, below q.
  /// - Throws: `InvalidParameter`.
  public init(_ scheme: Signcryption, master: Natural) throws(SecrecyError) {
    try scheme.group.exponents.check(master, "the master key")
    self.scheme = scheme
    self.master = master
    publicKey = scheme.group.power(master)
  }

  /// The party of a name: d = rho + s H1(id, R, X), sk = x + d, pk = X g^d.
  ///
  /// - Parameters:
  ///   - own: x, the party's own secret.
  ///   - blinding: rho, drawn by the authority.
  /// - Throws: `InvalidParameter`; `SigncryptionInvalid` when the key does not check.
  public func party(_ name: String, own: Natural, blinding: Natural) throws(SecrecyError) -> SigncryptionParty {
    let (group, exponents) = (scheme.group, scheme.group.exponents)
    try Signcryption.check(name)
    try exponents.check(own, "the own secret of '\(name)'")
    try exponents.check(blinding, "the blinding of '\(name)'")
    let (ownPart, givenPart) = (group.power(own), group.power(blinding))
    let partial = exponents.sum(
      blinding, exponents.product(master, scheme.bindingHash(name, given: givenPart, own: ownPart)))
    let identity = SigncryptionIdentity(
      name: name, publicKey: group.field.product(ownPart, group.power(partial)), ownPart: ownPart,
      givenPart: givenPart)
    guard scheme.verifies(identity, authority: publicKey) else {
      throw SecrecyError(.signcryptionInvalid, "the key of '\(name)' is not what its name asks for")
    }
    return SigncryptionParty(identity: identity, secretKey: exponents.sum(own, partial))
  }

  /// The same with random secrets.
  ///
  /// - Throws: `InvalidParameter`.
  public func party(_ name: String, _ stream: inout RandomStream) throws(SecrecyError) -> SigncryptionParty {
    let exponents = scheme.group.exponents
    return try party(name, own: exponents.random(&stream), blinding: exponents.random(&stream))
  }
}
