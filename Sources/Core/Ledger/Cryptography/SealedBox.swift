import CSodium

/// Boxes that anyone can seal to a public key and only its holder can open (X25519, XSalsa20 and Poly1305).
///
/// The format is that of `crypto_box_seal`: the ephemeral public key, then the box under the nonce
/// BLAKE2b-192(ephemeral key, recipient's key). `crypto_box_seal` draws the ephemeral key at random, and the same run
/// would then never write the same block twice. Here it is derived instead, by BLAKE2b under the sender's secret key
/// of the recipient, the context and the message: unpredictable to everyone else, fresh for every different message,
/// and the same for the same run (the reasoning of deterministic signatures, RFC 6979). What `crypto_box_seal_open`
/// opens is unchanged. The price: sealing the same message twice in the same context shows that it is the same.
enum SealedBox {
  static let overhead = Int(crypto_box_PUBLICKEYBYTES + crypto_box_MACBYTES)

  /// - Parameter context: what the box is for, such as the auction and the nonce of the bid.
  /// - Throws: `CryptographyError`.
  static func seal(
    _ message: [UInt8], to recipient: PublicKey, by sender: KeyPair, context: [UInt8]
  ) throws(CryptographyError) -> [UInt8] {
    let recipientKey = try recipient.encryptionKey()
    var use = ByteWriter(tag: "FLNFT-EPHEMERAL-v1")
    use.write(recipient.bytes)
    use.write(context)
    use.write(message)
    let seed = try sender.pseudorandom(Int(crypto_box_SEEDBYTES), message: use.bytes)

    var ephemeralKey = [UInt8](repeating: 0, count: Int(crypto_box_PUBLICKEYBYTES))
    var ephemeralSecret = [UInt8](repeating: 0, count: Int(crypto_box_SECRETKEYBYTES))
    guard crypto_box_seed_keypair(&ephemeralKey, &ephemeralSecret, seed) == 0 else { throw .failed("to seal a box") }

    var nonce = [UInt8](repeating: 0, count: Int(crypto_box_NONCEBYTES))
    let keys = ephemeralKey + recipientKey
    var box = [UInt8](repeating: 0, count: message.count + Int(crypto_box_MACBYTES))
    guard
      crypto_generichash(&nonce, nonce.count, keys, UInt64(keys.count), nil, 0) == 0,
      crypto_box_easy(&box, message, UInt64(message.count), nonce, recipientKey, ephemeralSecret) == 0
    else { throw .failed("to seal a box") }
    return ephemeralKey + box
  }

  /// The message, or `nil` when the box was not sealed to this recipient or was tampered with.
  ///
  /// - Throws: `CryptographyError`.
  static func open(_ box: [UInt8], by recipient: KeyPair) throws(CryptographyError) -> [UInt8]? {
    guard box.count >= overhead else { return nil }
    var message = [UInt8](repeating: 0, count: box.count - overhead)
    let isOpen = crypto_box_seal_open(
      &message, box, UInt64(box.count), try recipient.publicKey.encryptionKey(), try recipient.decryptionKey())
    return isOpen == 0 ? message : nil
  }
}
