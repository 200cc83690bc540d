/// The sets of a given size, as bits, in ascending order.
struct Supports: Sequence, IteratorProtocol {
  private var upcoming: UInt32?
  private let bound: UInt64

  /// - Precondition: `size` is at least 1 and at most `count`, which is at most 31.
  init(size: Int, of count: Int) {
    upcoming = UInt32(1) << UInt32(size) - 1
    bound = 1 << UInt64(count)
  }

  /// The next larger number with as many ones (Gosper's rule; HAKMEM item 175).
  mutating func next() -> UInt32? {
    guard let set = upcoming, UInt64(set) < bound else { return nil }
    let lowest = set & (0 &- set)
    let ripple = UInt64(set) + UInt64(lowest)
    let following = ripple | (((UInt64(set) ^ ripple) >> 2) / UInt64(lowest))
    upcoming = UInt32(exactly: following)
    return set
  }
}

extension UInt32 {
  /// The places of the ones.
  var members: [Int] {
    var members: [Int] = []
    var left = self
    while left != 0 {
      members.append(left.trailingZeroBitCount)
      left &= left &- 1
    }
    return members
  }
}
