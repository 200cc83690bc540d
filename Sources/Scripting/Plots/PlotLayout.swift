/// A plot after scaling: everything between 0 and 1, ready for a renderer.
struct PlotLayout: Sendable {
  /// A place in the plot area, from the lower left corner.
  struct Place: Equatable, Sendable {
    var x: Double
    var y: Double
  }

  struct Trace: Sendable {
    var name: String
    var mark: Plot.Mark
    /// The points in their order; nil where one cannot be drawn.
    var places: [Place?]
    /// The smallest and the largest y that is drawn.
    var range: ClosedRange<Double>?
  }

  var xAxis: Axis
  var yAxis: Axis
  var traces: [Trace]
  /// Half the width of a bar.
  var barHalfWidth: Double
  /// Where bars start.
  var baseline: Double
  /// How many points could not be drawn: NaN, infinite, or not positive on a logarithmic axis.
  var skippedCount: Int

  init(_ plot: Plot, xTickCount: Int, yTickCount: Int) {
    let points = plot.series.flatMap(\.points).filter {
      Axis.canDraw($0.x, scale: plot.xScale) && Axis.canDraw($0.y, scale: plot.yScale)
    }
    let barSeries = plot.series.filter { $0.mark == .bar }
    var spacing = 1.0
    if !plot.categories.isEmpty {
      xAxis = Axis(categories: plot.categories)
    } else {
      xAxis = Axis(values: points.map(\.x), scale: plot.xScale, tickCount: xTickCount)
      if !barSeries.isEmpty, plot.xScale == .linear, let axis = PlotLayout.axisForBars(points, ticks: xAxis.ticks) {
        spacing = axis.spacing
        xAxis = axis.axis
      }
    }
    let y = Axis(
      values: points.map(\.y), scale: plot.yScale, tickCount: yTickCount, includesZero: !barSeries.isEmpty)
    yAxis = y
    baseline = plot.yScale == .linear ? y.position(of: 0) ?? 0 : 0

    // Bar series stand side by side and fill four fifths of the room of a place.
    let room = plot.xScale == .linear ? 0.8 * spacing / (xAxis.upper - xAxis.lower) : 0.02
    let barWidth = room / Double(max(barSeries.count, 1))
    barHalfWidth = barWidth / 2
    var barIndex = 0
    traces = []
    skippedCount = 0
    for series in plot.series {
      var offset = 0.0
      if series.mark == .bar {
        offset = (Double(barIndex) + 0.5) * barWidth - room / 2
        barIndex += 1
      }
      let places = series.points.map { point -> Place? in
        guard let x = xAxis.position(of: point.x), let y = y.position(of: point.y) else { return nil }
        return Place(x: min(max(x + offset, 0), 1), y: y)
      }
      skippedCount += places.count { $0 == nil }
      let drawn = zip(series.points, places).compactMap { $1 == nil ? nil : $0.y }
      var range: ClosedRange<Double>?
      if let low = drawn.min(), let high = drawn.max() { range = low...high }
      traces.append(Trace(name: series.name, mark: series.mark, places: places, range: range))
    }
  }

  /// An x axis with room for the outermost bars, and the distance of the two closest places.
  private static func axisForBars(_ points: [Plot.Point], ticks: [Tick]) -> (axis: Axis, spacing: Double)? {
    let places = Set(points.map(\.x)).sorted()
    guard let first = places.first, let last = places.last else { return nil }
    let gaps = zip(places, places.dropFirst()).map { $1 - $0 }
    let spacing = max(gaps.min() ?? 1, (last - first) / 10_000, first.magnitude * 1e-9, last.magnitude * 1e-9, 1e-290)
    return (Axis(lower: first - spacing / 2, upper: last + spacing / 2, ticks: ticks), spacing)
  }
}
