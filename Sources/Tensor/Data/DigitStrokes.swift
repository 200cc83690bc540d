#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How digits are written: for each, the ways in which people write it, each way a list of strokes in the unit square
/// (x to the right, y down).
enum DigitStrokes {
  typealias Point = SIMD2<Double>
  typealias Stroke = [Point]

  static let ways: [[[Stroke]]] = [
    // 0: a ring, closed or not quite.
    [[arc(0.5, 0.5, 0.26, 0.38, -90, 270)], [arc(0.5, 0.5, 0.22, 0.38, -60, 280)]],
    // 1: a bar, with or without its flag and foot.
    [
      [[Point(0.5, 0.1), Point(0.5, 0.9)]],
      [[Point(0.34, 0.28), Point(0.53, 0.1), Point(0.53, 0.9)]],
      [[Point(0.34, 0.28), Point(0.53, 0.1), Point(0.53, 0.9)], [Point(0.33, 0.9), Point(0.73, 0.9)]],
    ],
    // 2: a hook and a base, straight or with a loop.
    [
      [arc(0.5, 0.33, 0.24, 0.22, -170, 35) + [Point(0.26, 0.88), Point(0.78, 0.88)]],
      [arc(0.48, 0.32, 0.23, 0.22, -160, 60) + arc(0.34, 0.8, 0.1, 0.08, 30, 330) + [Point(0.8, 0.9)]],
    ],
    // 3: two bows, round or with a flat top.
    [
      [arc(0.47, 0.3, 0.23, 0.2, -150, 90) + arc(0.47, 0.7, 0.26, 0.2, -90, 150)],
      [[Point(0.28, 0.12), Point(0.72, 0.12), Point(0.47, 0.44)] + arc(0.47, 0.67, 0.26, 0.23, -90, 150)],
    ],
    // 4: open or closed.
    [
      [[Point(0.33, 0.13), Point(0.27, 0.55), Point(0.76, 0.55)], [Point(0.68, 0.13), Point(0.63, 0.9)]],
      [[Point(0.62, 0.9), Point(0.62, 0.1), Point(0.22, 0.62), Point(0.8, 0.62)]],
    ],
    // 5: a neck, a roof and a belly.
    [
      [[Point(0.74, 0.12), Point(0.35, 0.12), Point(0.31, 0.47)] + arc(0.47, 0.67, 0.26, 0.22, -130, 150)],
      [
        [Point(0.36, 0.14), Point(0.33, 0.46)] + arc(0.48, 0.66, 0.22, 0.22, -130, 140),
        [Point(0.36, 0.14), Point(0.72, 0.1)],
      ],
    ],
    // 6: a long back into a ring.
    [
      [[Point(0.66, 0.1), Point(0.46, 0.26), Point(0.33, 0.48)] + arc(0.5, 0.68, 0.22, 0.2, 180, 540)],
      [[Point(0.5, 0.1), Point(0.36, 0.4)] + arc(0.5, 0.7, 0.2, 0.18, 200, 530)],
    ],
    // 7: with or without a bar.
    [
      [[Point(0.24, 0.14), Point(0.76, 0.14), Point(0.44, 0.9)]],
      [[Point(0.24, 0.14), Point(0.76, 0.14), Point(0.44, 0.9)], [Point(0.38, 0.5), Point(0.7, 0.5)]],
    ],
    // 8: two rings, or one crossing line.
    [
      [arc(0.5, 0.3, 0.19, 0.18, 90, 450), arc(0.5, 0.69, 0.24, 0.21, -90, 270)],
      [arc(0.52, 0.28, 0.19, 0.17, -40, -270) + arc(0.48, 0.7, 0.22, 0.2, -60, 240) + [Point(0.66, 0.2)]],
    ],
    // 9: a ring and a tail, straight or curved.
    [
      [arc(0.5, 0.32, 0.22, 0.2, 0, 360) + [Point(0.7, 0.6), Point(0.6, 0.9)]],
      [arc(0.5, 0.32, 0.21, 0.2, 0, 360) + arc(0.46, 0.62, 0.26, 0.27, 0, 130)],
    ],
  ]

  /// Part of an ellipse as a poly-line, from one angle to another in degrees, 0 to the right and 90 down.
  private static func arc(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ from: Double, _ to: Double
  ) -> Stroke {
    let pieces = max(Int(abs(to - from) / 24), 3)
    return (0...pieces).map { piece in
      let angle = (from + (to - from) * Double(piece) / Double(pieces)) * .pi / 180
      return Point(x + width * cos(angle), y + height * sin(angle))
    }
  }
}
