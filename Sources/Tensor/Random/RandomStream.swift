#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A stream of random numbers addressed by what it is for.
///
/// Counter-based (Philox4x32-10; Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011):
/// the run's seed is the key, and the upper half of the counter names the use (purpose, round, client). Streams are
/// therefore independent of each other, of the order in which they are drawn from, and of the number of threads.
public struct RandomStream: RandomNumberGenerator, Sendable {
  let key: SIMD2<UInt32>
  let address: SIMD2<UInt32>
  var blockIndex: UInt64 = 0
  private var block = SIMD4<UInt32>()
  var unread = 0
  private var spareNormal: Double?

  /// - Parameters:
  ///   - seed: the run's seed.
  ///   - purpose: what the numbers are for, such as `"partition"`; two purposes never share numbers.
  ///   - round: the round they belong to, 0 where there is none.
  ///   - client: the member they belong to, 0 where there is none.
  public init(seed: UInt64, purpose: String, round: Int = 0, client: Int = 0) {
    var name: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in purpose.utf8 { name = (name ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    let use = Self.mixed(
      Self.mixed(Self.mixed(name) &+ UInt64(bitPattern: Int64(round))) &+ UInt64(bitPattern: Int64(client)))
    key = SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
    address = SIMD2(UInt32(truncatingIfNeeded: use), UInt32(truncatingIfNeeded: use >> 32))
  }

  public mutating func next() -> UInt64 {
    if unread < 2 {
      let counter = SIMD4(
        UInt32(truncatingIfNeeded: blockIndex), UInt32(truncatingIfNeeded: blockIndex >> 32), address.x, address.y)
      block = Self.philox(counter: counter, key: key)
      blockIndex &+= 1
      unread = 4
    }
    unread -= 2
    return unread == 2 ? UInt64(block.x) | UInt64(block.y) << 32 : UInt64(block.z) | UInt64(block.w) << 32
  }

  /// A double in [0, 1) with 53 random bits.
  public mutating func uniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// A double in [low, high).
  public mutating func uniform(_ low: Double, _ high: Double) -> Double {
    low + (high - low) * uniform()
  }

  /// A standard normal deviate (Box and Muller 1958).
  public mutating func normal() -> Double {
    if let spare = spareNormal {
      spareNormal = nil
      return spare
    }
    let radius = (-2 * log(1 - uniform())).squareRoot()
    let angle = 2 * Double.pi * uniform()
    spareNormal = radius * sin(angle)
    return radius * cos(angle)
  }

  /// Ten rounds of Philox4x32 on one counter.
  static func philox(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    // Plain numbers: as vectors of four, each round would go through memory.
    var (c0, c1, c2, c3) = (counter.x, counter.y, counter.z, counter.w)
    var (k0, k1) = (key.x, key.y)
    for _ in 0..<10 {
      let first = UInt64(c0) &* 0xD251_1F53
      let second = UInt64(c2) &* 0xCD9E_8D57
      c0 = UInt32(truncatingIfNeeded: second >> 32) ^ c1 ^ k0
      c1 = UInt32(truncatingIfNeeded: second)
      c2 = UInt32(truncatingIfNeeded: first >> 32) ^ c3 ^ k1
      c3 = UInt32(truncatingIfNeeded: first)
      k0 &+= 0x9E37_79B9
      k1 &+= 0xBB67_AE85
    }
    return SIMD4(c0, c1, c2, c3)
  }

  /// The finaliser of SplitMix64: a bijection of 64 bits that looks random.
  private static func mixed(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
