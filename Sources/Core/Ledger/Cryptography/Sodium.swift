import CSodium
import Tensor

/// The library's own start, which must come before any use of its keys. Swift runs it once, whichever thread is first.
enum Sodium {
  private static let isReady = sodium_init() >= 0

  /// - Throws: `CryptographyError.unavailable`.
  static func start() throws(CryptographyError) {
    guard isReady else { throw .unavailable }
  }

  /// BLAKE2b of a message under a secret key: bytes that nobody without the key can tell from random ones.
  ///
  /// - Parameters:
  ///   - secret: 16 to 64 bytes.
  ///   - count: 16 to 64.
  static func pseudorandom(
    _ count: Int, secret: some Collection<UInt8>, message: [UInt8]
  ) throws(CryptographyError) -> [UInt8] {
    try start()
    let key = Array(secret)
    var output = [UInt8](repeating: 0, count: count)
    guard
      crypto_generichash(&output, count, message, UInt64(message.count), key, key.count) == 0
    else { throw .failed("BLAKE2b") }
    return output
  }
}

/// A cryptographic operation that did not come about.
public enum CryptographyError: Diagnosable, Equatable {
  case unavailable
  case failed(String)
  case invalidKey(String)

  public var kind: String {
    switch self {
    case .unavailable: "CryptographyUnavailable"
    case .failed: "CryptographyFailed"
    case .invalidKey: "InvalidParameter"
    }
  }

  public var message: String {
    switch self {
    case .unavailable: "libsodium could not start"
    case .failed(let operation): "libsodium refused \(operation)"
    case .invalidKey(let text): "\(text) is no Ed25519 public key"
    }
  }
}
