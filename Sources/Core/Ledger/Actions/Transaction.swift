/// An action, signed.
///
/// The signature covers the chain (a transaction of one ledger means nothing on another), the sender's nonce (each
/// counts once, in order), what the sender pays for gas at most, and the action, in one canonical encoding: bytes decode
/// to a transaction only when it encodes to the same bytes.
public struct Transaction: Hashable, Sendable {
  public let chain: Digest
  public let sender: PublicKey
  /// How many transactions the sender has made before.
  public let nonce: UInt64
  public let gas: GasOffer
  public let action: Action
  public let signature: Signature
  /// The canonical bytes, signature last.
  public let encoded: [UInt8]
  /// SHA-256 of the canonical bytes.
  public let hash: Digest

  private static let tag = "FLNFT-TRANSACTION-v2"

  /// Signs an action.
  ///
  /// - Throws: `CryptographyError`.
  public init(
    chain: Digest, nonce: UInt64, gas: GasOffer = .usual, action: Action, signedBy key: KeyPair
  ) throws(CryptographyError) {
    var writer = ByteWriter(tag: Self.tag)
    writer.write(chain.bytes)
    writer.write(key.publicKey.bytes)
    writer.write(nonce)
    writer.write(gas.limit)
    writer.write(gas.price)
    action.encode(into: &writer)
    signature = try key.sign(writer.bytes)
    writer.write(fixed: signature.bytes)
    (self.chain, sender, self.nonce, self.gas, self.action) = (chain, key.publicKey, nonce, gas, action)
    encoded = writer.bytes
    hash = SHA256.hash(encoded)
  }

  /// Reads canonical bytes; does not verify the signature.
  ///
  /// - Throws: `DecodingFailure`.
  public init(decoding bytes: [UInt8]) throws(DecodingFailure) {
    var reader = ByteReader(bytes)
    try reader.expect(tag: Self.tag)
    chain = try reader.readDigest()
    sender = PublicKey(bytes: try reader.readBytes32())
    nonce = try reader.read(UInt64.self)
    gas = GasOffer(limit: try reader.read(UInt64.self), price: try reader.readAmount())
    action = try Action(from: &reader)
    signature = try reader.readSignature()
    try reader.expectEnd()
    encoded = bytes
    hash = SHA256.hash(bytes)
  }

  /// Whether the sender signed these bytes.
  public var isSigned: Bool {
    sender.verifies(signature, of: Array(encoded.dropLast(Signature.count)))
  }
}
