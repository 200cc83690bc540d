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
    var words: [UInt64] = [0, 0, 0, 0]
    for (offset, byte) in bytes.enumerated() { words[offset / 8] = words[offset / 8] << 8 | UInt64(byte) }
    self.words = (words[0], words[1], words[2], words[3])
  }

  /// Sixty-four hexadecimal digits.
  public init?(hexadecimal text: String) {
    guard let bytes = Hexadecimal.decode(text) else { return nil }
    self.init(bytes)
  }

  public var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.count)
    for word in [words.0, words.1, words.2, words.3] {
      for shift in stride(from: 56, through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
      }
    }
    return bytes
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
