/// Laplace noise on whole models: one draw for each of tens of thousands of parameters, in every step where the
/// guarantee asks for that.
enum LaplaceNoise {
  /// Adds an independent deviate of location 0 and the given scale to each value.
  ///
  /// The inverse distribution function with one random bit for the side and 31 for the distance, -ln u: sixteen
  /// deviates at a time, ten times as fast as one by one. The farthest that a deviate can lie is 22 scales.
  static func add(
    to values: UnsafeMutablePointer<Float>, count: Int, scale: Float, stream: inout RandomStream
  ) {
    var index = 0
    while index < count {
      let words = stream.nextThirtyTwoWords()
      add(deviates(words.lowHalf, scale: scale), to: values, at: index, count: count)
      add(deviates(words.highHalf, scale: scale), to: values, at: index + Lanes.scalarCount, count: count)
      index += 2 * Lanes.scalarCount
    }
  }

  @inline(__always)
  private static func deviates(_ bits: SIMD16<UInt32>, scale: Float) -> Lanes {
    let high = (bits &>> 16).wholeFloats
    let low = ((bits &>> 1) & 0x7fff).wholeFloats
    let distance = (high * 0x1p15 + (low + 0.5)) * 0x1p-31
    let magnitude = VectorLogarithm.natural(distance) * -scale
    let side = bits &<< 31
    return unsafeBitCast(unsafeBitCast(magnitude, to: SIMD16<UInt32>.self) ^ side, to: Lanes.self)
  }

  @inline(__always)
  private static func add(_ deviates: Lanes, to values: UnsafeMutablePointer<Float>, at index: Int, count: Int) {
    if index + Lanes.scalarCount <= count {
      let place = UnsafeMutableRawPointer(values + index)
      place.storeBytes(of: place.loadUnaligned(as: Lanes.self) + deviates, as: Lanes.self)
    } else {
      for lane in 0..<max(count - index, 0) { values[index + lane] += deviates[lane] }
    }
  }
}
