#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Digits that look handwritten, drawn from strokes: a data set that needs no download.
///
/// Each image takes one way of writing its digit, bends it, turns, slants, stretches and moves it, draws it with a pen
/// of some width and adds noise. Image i depends on the seed and on i alone, whatever the count.
public enum StrokeDigits {
  public static let side = 28

  /// - Parameters:
  ///   - train: images to train on, at least 1.
  ///   - test: images to test with, at least 1; drawn from other random numbers.
  /// - Throws: `InvalidParameter`, `Cancelled`.
  public static func dataSet(
    train: Int, test: Int, seed: UInt64, cancellation: Cancellation = .never
  ) throws -> DataSet {
    try DataSet(
      name: "digits", imageShape: .init(rows: side, columns: side), classes: 10,
      train: samples(count: train, seed: seed, cancellation: cancellation),
      test: samples(count: test, seed: seed, purpose: "digits to test with", cancellation: cancellation))
  }

  /// Images of all ten digits in turn, so that no class has more than one image more than another.
  /// - Throws: `InvalidParameter` unless there are 1 to 1,000,000; `Cancelled`.
  public static func samples(
    count: Int, seed: UInt64, purpose: String = "digits to train on", cancellation: Cancellation = .never
  ) throws -> Samples {
    try ArgumentCheck("digits").domain(
      (1...1_000_000).contains(count), "count", given: count, allowed: "1 to 1000000")
    var pixels = [UInt8](repeating: 0, count: count * side * side)
    var canvas = Canvas(side: side)
    for image in 0..<count {
      try cancellation.check()
      var stream = RandomStream(seed: seed, purpose: purpose, client: image)
      canvas.clear()
      draw(digit: image % 10, on: &canvas, stream: &stream)
      canvas.writeBytes(into: &pixels, at: image * side * side, stream: &stream)
    }
    return try Samples(width: side * side, values: .bytes(pixels), labels: (0..<count).map { UInt8($0 % 10) })
  }

  private static func draw(digit: Int, on canvas: inout Canvas, stream: inout RandomStream) {
    let ways = DigitStrokes.ways[digit]
    let strokes = ways[stream.integer(below: ways.count)]
    let hand = Hand(stream: &stream)
    for stroke in strokes {
      let points = stroke.map { hand.place($0 + jitter(&stream)) }
      for (from, to) in zip(points, points.dropFirst()) {
        canvas.line(from: from, to: to, halfWidth: hand.penHalfWidth)
      }
    }
  }

  /// A hand is not a ruler.
  private static func jitter(_ stream: inout RandomStream) -> DigitStrokes.Point {
    DigitStrokes.Point(stream.uniform(-0.018, 0.018), stream.uniform(-0.018, 0.018))
  }
}

/// One writer's manner in one image: where a point of the template comes to lie on the canvas.
private struct Hand {
  let penHalfWidth: Double
  private let (cosine, sine): (Double, Double)
  private let slant: Double
  private let scale: DigitStrokes.Point
  private let centre: DigitStrokes.Point
  private let bend: Double
  private let bendPhase: Double

  init(stream: inout RandomStream) {
    let angle = stream.uniform(-0.2, 0.2)
    (cosine, sine) = (cos(angle), sin(angle))
    slant = stream.uniform(-0.2, 0.3)
    let size = stream.uniform(19, 25)
    scale = DigitStrokes.Point(size * stream.uniform(0.75, 1.1), size)
    centre = DigitStrokes.Point(14 + stream.uniform(-1.5, 1.5), 14 + stream.uniform(-1.5, 1.5))
    bend = stream.uniform(-0.06, 0.06)
    bendPhase = stream.uniform(0, 2 * .pi)
    penHalfWidth = stream.uniform(0.7, 1.6)
  }

  func place(_ point: DigitStrokes.Point) -> DigitStrokes.Point {
    var x = point.x - 0.5
    let y = point.y - 0.5
    x += bend * sin(5 * y + bendPhase) - slant * y
    let (stretchedX, stretchedY) = (x * scale.x, y * scale.y)
    return centre
      + DigitStrokes.Point(cosine * stretchedX - sine * stretchedY, sine * stretchedX + cosine * stretchedY)
  }
}
