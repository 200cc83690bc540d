import CSodium

/// SHA-256 (FIPS 180-4) by libsodium.
public enum SHA256 {
  public static func hash(_ bytes: [UInt8]) -> Digest {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Bytes32.count) { output in
      guard let start = output.baseAddress else { return .zero }
      // Returns zero always: hashing has no way to fail.
      crypto_hash_sha256(start, bytes, UInt64(bytes.count))
      return Digest(bytes: Bytes32(UnsafeBufferPointer(output)) ?? .zero)
    }
  }

  public static func hash(_ text: String) -> Digest {
    hash(Array(text.utf8))
  }
}

/// A SHA-256 digest; prints as 64 hexadecimal digits.
public struct Digest: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let bytes: Bytes32

  public init(bytes: Bytes32) {
    self.bytes = bytes
  }

  /// - Parameter text: 64 hexadecimal digits.
  public init?(hexadecimal text: String) {
    guard let bytes = Bytes32(hexadecimal: text) else { return nil }
    self.bytes = bytes
  }

  public static let zero = Digest(bytes: .zero)

  public static func < (left: Digest, right: Digest) -> Bool { left.bytes < right.bytes }

  public var description: String { bytes.description }
}
