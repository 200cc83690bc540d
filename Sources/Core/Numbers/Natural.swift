import CGMP
import Tensor

/// A natural number of any size, as cryptography needs them.
///
/// The arithmetic is GMP's: raising to a power in a 2048-bit group takes it a fiftieth of the time that Swift packages
/// of big integers need. Values are immutable limbs of 64 bits, so that nothing has to be freed by hand.
public struct Natural: Hashable, Sendable {
  /// Lowest first, without leading zeros; empty for zero.
  let limbs: [UInt]

  init(trimming limbs: [UInt]) {
    self.limbs = limbs.last == 0 ? Array(limbs[..<(limbs.lastIndex { $0 != 0 }.map { $0 + 1 } ?? 0)]) : limbs
  }

  public init(_ small: UInt) { limbs = small == 0 ? [] : [small] }

  public init(wide: UInt128) {
    self.init(trimming: [UInt(truncatingIfNeeded: wide), UInt(truncatingIfNeeded: wide >> 64)])
  }

  public static let zero = Natural(0)
  public static let one = Natural(1)

  public var isZero: Bool { limbs.isEmpty }

  public var bitWidth: Int { limbs.last.map { limbs.count * 64 - $0.leadingZeroBitCount } ?? 0 }

  /// The number as a machine word, where it fits.
  public var word: UInt? { limbs.count > 1 ? nil : limbs.first ?? 0 }

  // MARK: Bytes

  /// - Parameter bytes: the highest first.
  public init(bytes: some BidirectionalCollection<UInt8>) {
    var limbs: [UInt] = []
    var (limb, shift): (UInt, UInt) = (0, 0)
    for byte in bytes.reversed() {
      limb |= UInt(byte) << shift
      shift += 8
      if shift == 64 {
        limbs.append(limb)
        (limb, shift) = (0, 0)
      }
    }
    limbs.append(limb)
    self.init(trimming: limbs)
  }

  /// The highest byte first, as many as are needed; none for zero.
  public var bytes: [UInt8] {
    var bytes: [UInt8] = []
    for limb in limbs.reversed() {
      for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: limb >> UInt(shift))) }
    }
    return Array(bytes.drop { $0 == 0 })
  }

  // MARK: Chance

  /// Equally likely to be any number below a bound, by drawing again what is too large.
  ///
  /// - Precondition: the bound is above 0.
  public static func random(below bound: Natural, _ stream: inout RandomStream) -> Natural {
    let mask = UInt.max >> UInt(bound.limbs.last?.leadingZeroBitCount ?? 0)
    while true {
      var limbs = bound.limbs.map { _ in UInt(stream.next()) }
      if let top = limbs.indices.last { limbs[top] &= mask }
      let drawn = Natural(trimming: limbs)
      if drawn < bound { return drawn }
    }
  }
}

extension Natural: Comparable {
  public static func < (left: Natural, right: Natural) -> Bool {
    if left.limbs.count != right.limbs.count { return left.limbs.count < right.limbs.count }
    return left.limbs.reversed().lexicographicallyPrecedes(right.limbs.reversed())
  }
}

extension Natural: CustomStringConvertible, LosslessStringConvertible {
  /// The most digits that are read.
  public static let digitLimit = 10_000

  /// Decimal digits, at most 10000; nil for anything else.
  public init?(_ text: String) { self.init(digits: text, base: 10) }

  /// - Parameter base: from 2 to 36.
  init?(digits: String, base: Int32) {
    let isNumber = digits.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): Int32(byte - UInt8(ascii: "0")) < base
      case UInt8(ascii: "a")...UInt8(ascii: "z"): Int32(byte - UInt8(ascii: "a")) + 10 < base
      default: false
      }
    }
    guard !digits.isEmpty, digits.utf8.count <= Self.digitLimit, isNumber else { return nil }
    self = Self.computed { _ = __gmpz_set_str(&$0, digits, base) }
  }

  public var description: String {
    withInteger { integer in
      // Two more than the digits: a sign, and the end.
      var text = [CChar](repeating: 0, count: __gmpz_sizeinbase(&integer, 10) + 2)
      __gmpz_get_str(&text, 10, &integer)
      return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }
}

extension Natural {
  /// Lends the number to GMP, which only reads it.
  func withInteger<Result>(_ body: (inout __mpz_struct) -> Result) -> Result {
    limbs.withUnsafeBufferPointer { limbs in
      var integer = __mpz_struct()
      let empty: UInt = 0
      return withUnsafePointer(to: empty) { nothing in
        _ = __gmpz_roinit_n(&integer, limbs.baseAddress ?? nothing, limbs.count)
        return body(&integer)
      }
    }
  }

  /// What a computation of GMP leaves in a fresh integer.
  static func computed(_ body: (inout __mpz_struct) -> Void) -> Natural {
    var integer = __mpz_struct()
    __gmpz_init(&integer)
    defer { __gmpz_clear(&integer) }
    body(&integer)
    let count = __gmpz_size(&integer)
    return Natural(trimming: Array(UnsafeBufferPointer(start: __gmpz_limbs_read(&integer), count: count)))
  }
}
