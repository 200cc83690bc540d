/// Thirty-two bytes by value: digests, addresses and public keys are made of it.
public struct Bytes32: Hashable, Comparable, Sendable, CustomStringConvertible {
  // Big-endian words, so that comparing words compares bytes.
  private let words: (UInt64, UInt64, UInt64, UInt64)

  public static let zero = Bytes32(words: (0, 0, 0, 0))
  public static let count = 32

  private init(words: (UInt64, UInt64, UInt64, UInt64)) {
    self.words = words
  }

  /// `nil` unless there are exactly 32 bytes.
  public init?(_ bytes: some Collection<UInt8>) {
    guard bytes.count == Self.count else { return nil }
    let words = bytes.withContiguousStorageIfAvailable { Self.words(of: UnsafeRawBufferPointer($0)) }
    self.words = words ?? Array(bytes).withUnsafeBytes { Self.words(of: $0) }
  }

  private static func words(of bytes: UnsafeRawBufferPointer) -> (UInt64, UInt64, UInt64, UInt64) {
    func word(_ offset: Int) -> UInt64 {
      UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
    return (word(0), word(8), word(16), word(24))
  }

  /// Sixty-four hexadecimal digits.
  public init?(hexadecimal text: String) {
    guard let bytes = Hexadecimal.decode(text) else { return nil }
    self.init(bytes)
  }

  public var bytes: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: Self.count) { buffer, count in
      let bytes = UnsafeMutableRawBufferPointer(buffer)
      bytes.storeBytes(of: words.0.bigEndian, toByteOffset: 0, as: UInt64.self)
      bytes.storeBytes(of: words.1.bigEndian, toByteOffset: 8, as: UInt64.self)
      bytes.storeBytes(of: words.2.bigEndian, toByteOffset: 16, as: UInt64.self)
      bytes.storeBytes(of: words.3.bigEndian, toByteOffset: 24, as: UInt64.self)
      count = Self.count
    }
  }

  /// Adds the bytes to others.
  func append(to bytes: inout [UInt8]) {
    let words = (words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian)
    withUnsafeBytes(of: words) { bytes.append(contentsOf: $0) }
  }

  /// Bit `index`, counted from the most significant bit of the first byte; `index` is taken modulo 256.
  func bit(_ index: Int) -> Bool {
    let word =
      switch (index >> 6) & 3 {
      case 0: words.0
      case 1: words.1
      case 2: words.2
      default: words.3
      }
    return (word >> UInt64(63 - index & 63)) & 1 == 1
  }

  /// The index of the first bit in which the two differ, 256 where they are equal.
  func firstDifference(from other: Bytes32) -> Int {
    let differences = [
      words.0 ^ other.words.0, words.1 ^ other.words.1, words.2 ^ other.words.2, words.3 ^ other.words.3,
    ]
    for (index, difference) in differences.enumerated() where difference != 0 {
      return index * 64 + difference.leadingZeroBitCount
    }
    return 256
  }

  public static func == (left: Bytes32, right: Bytes32) -> Bool { left.words == right.words }

  public static func < (left: Bytes32, right: Bytes32) -> Bool { left.words < right.words }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(words.0)
    hasher.combine(words.1)
    hasher.combine(words.2)
    hasher.combine(words.3)
  }

  public var description: String { Hexadecimal.encode(bytes) }
}
