extension RandomStream {
  /// The next eight blocks at once: the words that sixteen calls of `next` would give, in another order.
  ///
  /// What is left of a block that `next` has begun is passed over. Eight counters go through the ten rounds side by
  /// side, one in each lane.
  mutating func nextThirtyTwoWords() -> SIMD32<UInt32> {
    unread = 0
    var low = SIMD8<UInt64>()
    for lane in 0..<8 { low[lane] = blockIndex &+ UInt64(lane) }
    blockIndex &+= 8
    let mask = SIMD8<UInt64>(repeating: 0xffff_ffff)
    var c0 = low & mask
    var c1 = low &>> 32
    var c2 = SIMD8<UInt64>(repeating: UInt64(address.x))
    var c3 = SIMD8<UInt64>(repeating: UInt64(address.y))
    var (k0, k1) = (key.x, key.y)
    for _ in 0..<10 {
      let first = c0 &* 0xD251_1F53
      let second = c2 &* 0xCD9E_8D57
      c0 = (second &>> 32) ^ c1 ^ UInt64(k0)
      c1 = second & mask
      c2 = (first &>> 32) ^ c3 ^ UInt64(k1)
      c3 = first & mask
      k0 &+= 0x9E37_79B9
      k1 &+= 0xBB67_AE85
    }
    let (even, odd) = (c0 | c1 &<< 32, c2 | c3 &<< 32)
    return unsafeBitCast(SIMD16<UInt64>(lowHalf: even, highHalf: odd), to: SIMD32<UInt32>.self)
  }
}
