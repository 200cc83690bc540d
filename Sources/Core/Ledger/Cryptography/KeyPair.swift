import CSodium

/// An Ed25519 key pair (RFC 8032), derived from the run's seed and the account's name.
///
/// The same seed and name give the same keys, hence the same signatures, addresses and block hashes. It follows that
/// the seed is the secret of every account: these keys protect a simulated market, not money.
public struct KeyPair: Sendable {
  public let publicKey: PublicKey
  /// The seed's 32 bytes, then the public key's: libsodium's form.
  private let secretKey: [UInt8]

  /// - Throws: `CryptographyError`.
  public init(runSeed: UInt64, account: Label) throws(CryptographyError) {
    var writer = ByteWriter(tag: "FLNFT-KEY-v1")
    writer.write(runSeed)
    writer.write(account)
    try self.init(seed: SHA256.hash(writer.bytes).bytes)
  }

  /// - Parameter seed: the 32 secret bytes of RFC 8032.
  /// - Throws: `CryptographyError`.
  public init(seed: Bytes32) throws(CryptographyError) {
    try Sodium.start()
    var publicKey = [UInt8](repeating: 0, count: Int(crypto_sign_PUBLICKEYBYTES))
    var secretKey = [UInt8](repeating: 0, count: Int(crypto_sign_SECRETKEYBYTES))
    guard crypto_sign_seed_keypair(&publicKey, &secretKey, seed.bytes) == 0, let bytes = Bytes32(publicKey) else {
      throw .failed("to derive a key pair")
    }
    self.publicKey = PublicKey(bytes: bytes)
    self.secretKey = secretKey
  }

  public var address: Address { publicKey.address }

  /// - Throws: `CryptographyError`.
  public func sign(_ message: [UInt8]) throws(CryptographyError) -> Signature {
    var bytes = [UInt8](repeating: 0, count: Signature.count)
    guard
      crypto_sign_detached(&bytes, nil, message, UInt64(message.count), secretKey) == 0,
      let signature = Signature(bytes)
    else { throw .failed("to sign") }
    return signature
  }

  /// Bytes that only the holder of this key can compute, the same whenever the message is the same.
  func pseudorandom(_ count: Int, message: [UInt8]) throws(CryptographyError) -> [UInt8] {
    try Sodium.pseudorandom(count, secret: secretKey.prefix(32), message: message)
  }

  /// The X25519 secret key that belongs to `publicKey.encryptionKey()`.
  func decryptionKey() throws(CryptographyError) -> [UInt8] {
    var key = [UInt8](repeating: 0, count: Int(crypto_box_SECRETKEYBYTES))
    guard crypto_sign_ed25519_sk_to_curve25519(&key, secretKey) == 0 else { throw .failed("to convert a secret key") }
    return key
  }
}
