/// A square of brightnesses from 0 to 1 that lines are drawn on without steps at their edges.
struct Canvas {
  let side: Int
  private(set) var brightness: [Double]

  init(side: Int) {
    self.side = side
    brightness = Array(repeating: 0, count: side * side)
  }

  mutating func clear() {
    for index in brightness.indices { brightness[index] = 0 }
  }

  /// Draws a line with round ends: a pixel is as bright as the pen covers it, by the distance of its centre.
  mutating func line(from: SIMD2<Double>, to: SIMD2<Double>, halfWidth: Double) {
    let reach = halfWidth + 0.5
    let lowest = pointwiseMin(from, to) - reach
    let highest = pointwiseMax(from, to) + reach
    let direction = to - from
    let squaredLength = (direction * direction).sum()
    for row in pixels(lowest.y, highest.y) {
      for column in pixels(lowest.x, highest.x) {
        let offset = SIMD2(Double(column) + 0.5, Double(row) + 0.5) - from
        let along = squaredLength > 0 ? min(max((offset * direction).sum() / squaredLength, 0), 1) : 0
        let apart = offset - along * direction
        let cover = reach - (apart * apart).sum().squareRoot()
        let index = row * side + column
        if cover > brightness[index] { brightness[index] = min(cover, 1) }
      }
    }
  }

  /// Writes the picture as bytes, with a paper's grain.
  func writeBytes(into bytes: inout [UInt8], at start: Int, stream: inout RandomStream) {
    var grains: UInt64 = 0
    for (index, value) in brightness.enumerated() {
      if index % 8 == 0 { grains = stream.next() }
      let grain = (Double(grains & 0xff) / 255 - 0.5) * 0.16
      grains >>= 8
      let noisy = value > 0 ? value + grain : max(grain, 0)
      bytes[start + index] = UInt8(min(max(noisy, 0), 1) * 255)
    }
  }

  private func pixels(_ low: Double, _ high: Double) -> Range<Int> {
    let first = min(max(Int(low.rounded(.down)), 0), side)
    return first..<max(min(max(Int(high.rounded(.up)), 0), side), first)
  }
}
