import Tensor

extension Plot {
  /// The spread of a sample in five numbers, after J. W. Tukey, "Exploratory Data Analysis" (1977): the quartiles, and
  /// whiskers to the farthest values within one and a half times the box.
  public struct Box: Sendable, Equatable {
    /// Its place on the x axis.
    public var x: Double
    public var lowerWhisker: Double
    public var lowerQuartile: Double
    public var median: Double
    public var upperQuartile: Double
    public var upperWhisker: Double

    var all: [Double] { [lowerWhisker, lowerQuartile, median, upperQuartile, upperWhisker] }

    /// The box of the finite values, and those beyond its whiskers; nil when there are none.
    /// - Throws: `Cancelled`.
    static func summary(
      of values: [Double], at x: Double, cancellation: Cancellation = .never
    ) throws -> (box: Box, outliers: [Double])? {
      let sorted = try cancellation.sorted(values.filter(\.isFinite))
      guard let first = sorted.first, let last = sorted.last else { return nil }
      let (low, high) = (Quantile.value(0.25, of: sorted), Quantile.value(0.75, of: sorted))
      let reach = 1.5 * (high - low)
      let box = Box(
        x: x, lowerWhisker: min(sorted.first { $0 >= low - reach } ?? first, low), lowerQuartile: low,
        median: Quantile.value(0.5, of: sorted), upperQuartile: high,
        upperWhisker: max(sorted.last { $0 <= high + reach } ?? last, high))
      return (box, sorted.filter { $0 < box.lowerWhisker || $0 > box.upperWhisker })
    }
  }

  /// One box for each sample, side by side.
  /// - Throws: `Cancelled`.
  static func boxes(
    of samples: [(name: String, values: [Double])], cancellation: Cancellation = .never
  ) throws -> (series: Series, categories: [String]) {
    var series = Series(name: "", mark: .box, points: [])
    for (index, sample) in samples.enumerated() {
      let summary = try Box.summary(of: sample.values, at: Double(index + 1), cancellation: cancellation)
      guard let (box, outliers) = summary else { continue }
      series.boxes.append(box)
      series.points += outliers.map { Point(x: box.x, y: $0) }
    }
    return (series, samples.map(\.name))
  }
}
