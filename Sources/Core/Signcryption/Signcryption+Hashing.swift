// The three hashes, each with its own label, every part after its length, so that no two inputs read alike.
extension Signcryption {
  /// H1(id, R, X), an exponent.
  func bindingHash(_ name: String, given: Natural, own: Natural) -> Natural {
    exponent("H1", [Array(name.utf8), given.bytes, own.bytes])
  }

  /// H3(U, K, cipher, id_A, pk_A, id_B, pk_B, m), an exponent.
  func challenge(
    _ mask: Natural, _ key: Natural, _ cipher: [UInt8], _ sender: SigncryptionIdentity,
    _ receiver: SigncryptionIdentity, _ message: [UInt8]
  ) -> Natural {
    exponent(
      "H3",
      [
        mask.bytes, key.bytes, cipher, Array(sender.name.utf8), sender.publicKey.bytes, Array(receiver.name.utf8),
        receiver.publicKey.bytes, message,
      ])
  }

  /// Blocks of SHA-256 over KDF(K, U, id_B, pk_B) and a counter.
  func keyStream(_ key: Natural, _ mask: Natural, _ receiver: SigncryptionIdentity, count: Int) -> [UInt8] {
    let seed = Self.digest("KDF", [key.bytes, mask.bytes, Array(receiver.name.utf8), receiver.publicKey.bytes])
    var stream: [UInt8] = []
    var counter: UInt32 = 0
    while stream.count < count {
      stream += SHA256.hash(seed + Self.bigEndian(counter)).bytes.bytes
      counter += 1
    }
    return Array(stream.prefix(count))
  }

  private func exponent(_ label: String, _ parts: [[UInt8]]) -> Natural {
    Natural(bytes: Self.digest(label, parts)) % group.order
  }

  private static func digest(_ label: String, _ parts: [[UInt8]]) -> [UInt8] {
    SHA256.hash(([Array(label.utf8)] + parts).flatMap { bigEndian(UInt32($0.count)) + $0 }).bytes.bytes
  }

  private static func bigEndian(_ number: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }
}
