/// The mean and the standard deviation of some numbers.
public struct Moments: Sendable, Equatable {
  public let mean: Double
  public let deviation: Double

  public init(mean: Double, deviation: Double) {
    self.mean = mean
    self.deviation = deviation
  }
}

extension Samples {
  /// Of all values as they would be without normalisation; bytes exactly.
  public var moments: Moments { moments(channel: 0, of: 1, beforeExample: {}) }

  /// Of each channel's values, as they would be without normalisation.
  /// - Precondition: `channels` divides the width.
  /// - Throws: `Cancelled`.
  public func moments(channels: Int, cancellation: Cancellation = .never) throws -> [Moments] {
    try (0..<channels).map { try moments(channel: $0, of: channels, beforeExample: { try cancellation.check() }) }
  }

  /// The same examples, seen by the network as (v - mean) / deviation: by the same two numbers throughout, or by a pair
  /// for each channel. Where the deviation is 0, values keep their scale.
  /// - Precondition: the number of moments divides the width.
  public func normalised(_ moments: [Moments]) -> Samples {
    let unit: Double = if case .bytes = values { 255 } else { 1 }
    return scaled(
      by: moments.map { moments in
        // A deviation whose inverse is no float is none either.
        let isUsable = moments.deviation > 0 && Float(1 / (unit * moments.deviation)).isFinite
        let deviation = isUsable ? moments.deviation : 1
        return Scale(factor: Float(1 / (unit * deviation)), offset: Float(-moments.mean / deviation))
      })
  }

  private func moments(
    channel: Int, of channels: Int, beforeExample: () throws -> Void
  ) rethrows -> Moments {
    let size = width / channels
    let planes = (0..<count).lazy.map { $0 * width + channel * size..<$0 * width + (channel + 1) * size }
    let total = Double(max(count * size, 1))
    switch values {
    case .bytes(let bytes):
      var histogram = [Int](repeating: 0, count: 256)
      for plane in planes {
        try beforeExample()
        bytes.withUnsafeBufferPointer { bytes in
          for place in plane { histogram[Int(bytes[place])] += 1 }
        }
      }
      let mean = histogram.enumerated().reduce(0) { $0 + Double($1.offset) * Double($1.element) } / total
      let variance = histogram.enumerated().reduce(0) {
        let distance = Double($1.offset) - mean
        return $0 + distance * distance * Double($1.element)
      }
      return Moments(mean: mean / 255, deviation: (variance / total).squareRoot() / 255)
    case .floats(let floats):
      var sum = 0.0
      for plane in planes {
        try beforeExample()
        for place in plane { sum += Double(floats[place]) }
      }
      let mean = sum / total
      var variance = 0.0
      for plane in planes {
        try beforeExample()
        for place in plane {
          let distance = Double(floats[place]) - mean
          variance += distance * distance
        }
      }
      return Moments(mean: mean, deviation: (variance / total).squareRoot())
    }
  }
}
