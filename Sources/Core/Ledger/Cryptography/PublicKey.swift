import CSodium

/// An Ed25519 public key; prints as `ed25519:` and 64 hexadecimal digits.
public struct PublicKey: Hashable, Sendable, CustomStringConvertible {
  public let bytes: Bytes32

  public init(bytes: Bytes32) {
    self.bytes = bytes
  }

  /// - Parameter text: what `description` printed, with or without `ed25519:`.
  /// - Throws: `CryptographyError.invalidKey`.
  public init(_ text: String) throws(CryptographyError) {
    let digits = text.hasPrefix(Self.prefix) ? String(text.dropFirst(Self.prefix.count)) : text
    guard let bytes = Bytes32(hexadecimal: digits) else { throw .invalidKey(text) }
    self.bytes = bytes
  }

  private static let prefix = "ed25519:"

  public var description: String { Self.prefix + bytes.description }

  /// Who holds this key on the ledger: SHA-256 of the key under a tag of its own, so that accounts that are no key
  /// (contracts) can have addresses too.
  public var address: Address {
    var writer = ByteWriter(tag: "FLNFT-ADDRESS-v1")
    writer.write(bytes)
    return Address(bytes: SHA256.hash(writer.bytes).bytes)
  }

  /// Strict verification: libsodium refuses keys of small order and signatures that are not in canonical form.
  public func verifies(_ signature: Signature, of message: [UInt8]) -> Bool {
    guard (try? Sodium.start()) != nil else { return false }
    return crypto_sign_verify_detached(signature.bytes, message, UInt64(message.count), bytes.bytes) == 0
  }

  /// The X25519 key to which sealed boxes for this holder are made.
  ///
  /// - Throws: `CryptographyError.invalidKey` when these bytes are no point of the curve.
  func encryptionKey() throws(CryptographyError) -> [UInt8] {
    try Sodium.start()
    var key = [UInt8](repeating: 0, count: Int(crypto_box_PUBLICKEYBYTES))
    guard crypto_sign_ed25519_pk_to_curve25519(&key, bytes.bytes) == 0 else { throw .invalidKey(description) }
    return key
  }
}

/// An Ed25519 signature.
public struct Signature: Hashable, Sendable, CustomStringConvertible {
  public static let count = 64
  public let bytes: [UInt8]

  /// `nil` unless there are exactly 64 bytes.
  public init?(_ bytes: [UInt8]) {
    guard bytes.count == Self.count else { return nil }
    self.bytes = bytes
  }

  public var description: String { Hexadecimal.encode(bytes) }
}

/// Where money and tokens are held; prints as 64 hexadecimal digits.
public struct Address: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let bytes: Bytes32

  public init(bytes: Bytes32) {
    self.bytes = bytes
  }

  /// - Parameter text: 64 hexadecimal digits.
  public init?(hexadecimal text: String) {
    guard let bytes = Bytes32(hexadecimal: text) else { return nil }
    self.bytes = bytes
  }

  public static func < (left: Address, right: Address) -> Bool { left.bytes < right.bytes }

  public var description: String { bytes.description }
}
