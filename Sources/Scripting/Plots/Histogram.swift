import Tensor

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// How often the values of a sample fall into bins that touch.
struct Histogram: Equatable {
  /// One more than there are bins, ascending.
  let edges: [Double]
  /// Values within each bin; its lower edge belongs to it, and the upper edge of all to the last.
  let counts: [Int]
  /// NaN, infinite, or, on a logarithmic axis, not positive.
  let skippedCount: Int

  static let mostBins = 1000

  /// Edges over all samples together, so that they can be laid over each other.
  ///
  /// - Parameter bins: how many; when nil, as many as the rule of D. Freedman and P. Diaconis ("On the histogram as a
  ///   density estimator", 1981) asks for, between H. Sturges's number (1926) and a hundred, at round edges.
  /// - Throws: `Cancelled`.
  static func edges(
    of samples: [[Double]], bins: Int?, scale: Plot.Scale, cancellation: Cancellation = .never
  ) throws -> [Double] {
    var values: [Double] = []
    for (index, value) in samples.joined().enumerated() {
      try cancellation.check(at: index)
      if Axis.canDraw(value, scale: scale) { values.append(place(value, scale)) }
    }
    values = try cancellation.sorted(values)
    guard let first = values.first, let last = values.last else { return [] }
    guard last - first > 1e-12 * max(first.magnitude, last.magnitude), last - first > 1e-290 else {
      // All alike: one bin around them.
      let half = max(first.magnitude / 20, scale == .linear && first == 0 ? 0.5 : 0.05)
      return [first - half, first + half].map { clamped(value($0, scale)) }
    }
    if let bins {
      let count = min(max(bins, 1), mostBins)
      return (0...count).map { index in
        let part = Double(index) / Double(count)
        return value(first * (1 - part) + last * part, scale)
      }
    }
    // By halves: the widths of samples that reach over all numbers are none.
    let spread = values[values.count * 3 / 4] / 2 - values[values.count / 4] / 2
    let width = 2 * spread / cbrt(Double(values.count))
    let fewest = log2(Double(values.count)).rounded(.up) + 1
    let wished = width > 0 ? (last / 2 - first / 2) / width : fewest
    let count = min(max(wished, fewest), 100)
    let ticks = NiceTicks.linear(from: first, to: last, count: Int(count))
    var edges = ticks.map { clamped(value($0.value, scale)) }
    // Powers of ten are rounded: the outermost edges must not leave out the outermost values.
    edges[0] = min(edges[0], value(first, scale))
    edges[edges.count - 1] = max(edges[edges.count - 1], value(last, scale))
    return edges
  }

  /// - Throws: `Cancelled`.
  init(_ values: [Double], edges: [Double], cancellation: Cancellation = .never) throws {
    var counts = Array(repeating: 0, count: max(edges.count - 1, 0))
    var skipped = 0
    for (index, value) in values.enumerated() {
      try cancellation.check(at: index)
      guard let first = edges.first, let last = edges.last, first <= value, value <= last else {
        skipped += 1
        continue
      }
      // The last edge that is not above the value.
      var (low, high) = (0, counts.count)
      while low + 1 < high {
        let middle = (low + high) / 2
        if edges[middle] <= value { low = middle } else { high = middle }
      }
      counts[low] += 1
    }
    self.edges = edges
    self.counts = counts
    skippedCount = skipped
  }

  /// The series that draws it: counts, or shares of the sample for each unit of the axis.
  func series(name: String, asDensity: Bool) -> Plot.Series {
    let total = Double(max(counts.reduce(0, +), 1))
    let points = counts.enumerated().map { index, count in
      let halfWidth = edges[index + 1] / 2 - edges[index] / 2
      return Plot.Point(
        x: edges[index] / 2 + edges[index + 1] / 2,
        y: asDensity ? Double(count) / total / halfWidth / 2 : Double(count))
    }
    return Plot.Series(name: name, mark: .histogram, points: points, edges: edges)
  }

  private static func clamped(_ edge: Double) -> Double { min(max(edge, -NiceTicks.largest), NiceTicks.largest) }

  private static func place(_ value: Double, _ scale: Plot.Scale) -> Double {
    scale == .linear ? value : DecimalPower.logarithm(value)
  }

  private static func value(_ place: Double, _ scale: Plot.Scale) -> Double {
    scale == .linear ? place : DecimalPower.power(place)
  }
}
