import CSodium

/// HMAC-SHA256 (RFC 2104, FIPS 198-1) by libsodium: proof that a message comes from someone who holds the key.
public enum HMACSHA256 {
  public static let byteCount = Int(crypto_auth_hmacsha256_BYTES)

  /// The code of all parts as if they were one message, 32 bytes. A key may have any length.
  public static func code(of parts: [[UInt8]], key: [UInt8]) -> [UInt8] {
    var state = crypto_auth_hmacsha256_state()
    crypto_auth_hmacsha256_init(&state, key, key.count)
    for part in parts { crypto_auth_hmacsha256_update(&state, part, UInt64(part.count)) }
    var output = [UInt8](repeating: 0, count: byteCount)
    crypto_auth_hmacsha256_final(&state, &output)
    return output
  }

  /// Whether `code` is the code of the parts; takes the same time wherever a wrong one differs.
  public static func isCode(_ code: [UInt8], of parts: [[UInt8]], key: [UInt8]) -> Bool {
    guard code.count == byteCount else { return false }
    return sodium_memcmp(code, HMACSHA256.code(of: parts, key: key), byteCount) == 0
  }
}
