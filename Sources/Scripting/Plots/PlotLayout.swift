/// A chart after scaling: everything between 0 and 1, ready for a renderer.
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
    /// Where the bar under each point begins, between 0 and 1; of use to bars only.
    var feet: [Double]
    /// The ends of each point's band or error bar; nil where it has none.
    var intervals: [ClosedRange<Double>?]
    /// Half the width of each bar or box.
    var halfWidths: [Double]
    var boxes: [BoxPlace]
    /// How many more points a line has that no eye could see.
    var unseenCount: Int
    /// The smallest and the largest y that is drawn.
    var range: ClosedRange<Double>?
  }

  /// A box, scaled.
  struct BoxPlace: Sendable {
    var x: Double
    var lowerWhisker: Double
    var lowerQuartile: Double
    var median: Double
    var upperQuartile: Double
    var upperWhisker: Double
  }

  /// A reference line, scaled.
  struct RulePlace: Sendable {
    var rule: Plot.Rule
    var position: Double
  }

  var xAxis: Axis
  var yAxis: Axis
  var traces: [Trace]
  var rules: [RulePlace]
  /// Half the width of a bar or a box.
  var barHalfWidth: Double
  /// How many points could not be drawn: NaN, infinite, or not positive on a logarithmic axis.
  var skippedCount: Int

  /// What is said of points that cannot be drawn; nil where all can.
  var omission: String? {
    skippedCount > 0 ? "\(skippedCount) \(skippedCount == 1 ? "point" : "points") cannot be drawn" : nil
  }

  /// What the chart shows, for those who cannot see it.
  var description: String {
    let words = traces.map { trace in
      let name = trace.name.isEmpty ? trace.mark.rawValue : "\(trace.name) (\(trace.mark.rawValue))"
      guard let range = trace.range else { return "\(name): no points" }
      let count =
        trace.boxes.isEmpty ? trace.places.count { $0 != nil } + trace.unseenCount : trace.boxes.count
      let (lowest, highest) = (NumberLabel.short(range.lowerBound), NumberLabel.short(range.upperBound))
      return "\(name): \(count) \(trace.boxes.isEmpty ? "points" : "boxes"), \(lowest) to \(highest)"
    }
    return (words + (omission.map { [$0] } ?? [])).joined(separator: "; ")
  }

  /// Whether there is anything but axes.
  var isEmpty: Bool { traces.allSatisfy { $0.boxes.isEmpty && $0.places.allSatisfy { $0 == nil } } }

  init(_ plot: Plot, xTickCount: Int, yTickCount: Int) {
    let spans = PlotLayout.spans(of: plot.series)
    let points = spans.joined().map { Plot.Point(x: $0.x, y: $0.top) }.filter {
      Axis.canDraw($0.x, scale: plot.xScale) && Axis.canDraw($0.y, scale: plot.yScale)
    }
    let barSeries = plot.series.filter { $0.mark == .bar }
    let standsOnZero = plot.series.contains { $0.mark == .bar || $0.mark == .stack || $0.mark == .histogram }
    let boxes = plot.series.flatMap(\.boxes)
    let placed = points + boxes.map { Plot.Point(x: $0.x, y: $0.median) }
    var spacing = 1.0
    if !plot.categories.isEmpty {
      xAxis = Axis(categories: plot.categories)
    } else {
      let verticals = plot.rules.filter { $0.direction == .vertical }.map(\.value)
      let edges = plot.series.flatMap(\.edges)
      // Nothing happened in the middle of a round.
      let isWhole = !placed.isEmpty && edges.isEmpty && placed.allSatisfy { $0.x == $0.x.rounded() }
      xAxis = Axis(
        values: placed.map(\.x) + edges + verticals, scale: plot.xScale, tickCount: xTickCount, isWhole: isWhole)
      let needsRoom = plot.series.contains { $0.mark == .bar || $0.mark == .stack || $0.mark == .box }
      if needsRoom, plot.xScale == .linear, let axis = PlotLayout.axisForBars(placed, ticks: xAxis.ticks) {
        spacing = axis.spacing
        xAxis = axis.axis
      }
    }
    let ends = plot.series.flatMap(\.points).flatMap { point in
      point.interval.map { [$0.lower, $0.upper] } ?? []
    }
    let horizontals = plot.rules.filter { $0.direction == .horizontal }.map(\.value)
    // On a logarithmic axis the lowest bar needs something to stand on.
    let needsFoot = plot.yScale == .logarithmic && standsOnZero
    let lowest = needsFoot ? points.map(\.y).min().map { [$0 / 1.5] } ?? [] : []
    let y = Axis(
      values: points.map(\.y) + lowest + ends + boxes.flatMap(\.all) + horizontals, scale: plot.yScale,
      tickCount: yTickCount, includesZero: standsOnZero)
    yAxis = y
    let baseline = plot.yScale == .linear ? y.position(of: 0) ?? 0 : 0

    // Bar series stand side by side and fill four fifths of the room of a place.
    let room = plot.xScale == .linear ? 0.8 * spacing / (xAxis.upper - xAxis.lower) : 0.02
    let barWidth = room / Double(max(barSeries.count, 1))
    barHalfWidth = barWidth / 2
    var barIndex = 0
    traces = []
    rules = []
    skippedCount = 0
    for (series, spans) in zip(plot.series, spans) {
      var offset = 0.0
      if series.mark == .bar {
        offset = (Double(barIndex) + 0.5) * barWidth - room / 2
        barIndex += 1
      }
      let bins = PlotLayout.bins(of: series, on: xAxis)
      let places = spans.indices.map { index -> Place? in
        guard let x = bins?[index].middle ?? xAxis.position(of: spans[index].x),
          let y = y.position(of: spans[index].top)
        else { return nil }
        return Place(x: min(max(x + offset, 0), 1), y: y)
      }
      // An empty bin is no point that is missing, also where a logarithmic axis has no zero.
      skippedCount += zip(series.points, places).count { $1 == nil && !(series.mark == .histogram && $0.y == 0) }
      let drawn = zip(series.points, places).compactMap { $1 == nil ? nil : $0.y } + series.boxes.flatMap(\.all)
      var range: ClosedRange<Double>?
      if let low = drawn.min(), let high = drawn.max() { range = low...high }
      let feet = spans.map { $0.foot == 0 ? baseline : y.position(of: $0.foot) ?? baseline }
      traces.append(
        Trace(
          name: series.name, mark: series.mark, places: places, feet: feet,
          intervals: series.points.map { PlotLayout.interval($0, on: y) },
          halfWidths: bins?.map(\.halfWidth) ?? Array(repeating: barHalfWidth, count: spans.count),
          boxes: series.boxes.compactMap { PlotLayout.box($0, xAxis, y) }, unseenCount: series.unseenCount,
          range: range))
    }
    rules = plot.rules.compactMap { rule in
      let axis = rule.direction == .vertical ? xAxis : yAxis
      return axis.position(of: rule.value).map { RulePlace(rule: rule, position: $0) }
    }
  }

  private struct Span {
    var x: Double
    var foot: Double
    var top: Double
  }

  /// What each point reaches over: from zero, or from the end of what is stacked on its side of zero.
  private static func spans(of series: [Plot.Series]) -> [[Span]] {
    var (above, below): ([Double: Double], [Double: Double]) = ([:], [:])
    return series.map { series in
      series.points.map { point in
        guard series.mark == .stack, point.x.isFinite, point.y.isFinite else {
          return Span(x: point.x, foot: 0, top: point.y)
        }
        let foot = (point.y < 0 ? below : above)[point.x] ?? 0
        if point.y < 0 { below[point.x] = foot + point.y } else { above[point.x] = foot + point.y }
        return Span(x: point.x, foot: foot, top: foot + point.y)
      }
    }
  }

  /// An x axis with room for the outermost bars, and the distance of the two closest places.
  private static func axisForBars(_ points: [Plot.Point], ticks: [Tick]) -> (axis: Axis, spacing: Double)? {
    let places = Set(points.map(\.x)).sorted()
    guard let first = places.first, let last = places.last else { return nil }
    let gaps = zip(places, places.dropFirst()).map { $1 - $0 }
    let spacing = max(gaps.min() ?? 1, (last - first) / 10_000, first.magnitude * 1e-9, last.magnitude * 1e-9, 1e-290)
    // Few bars are named one by one, which a tick between them would only confuse.
    let own = places.count <= 2 * ticks.count ? places.map { Tick(value: $0, label: NumberLabel.short($0)) } : ticks
    let (lower, upper) = (first - spacing / 2, last + spacing / 2)
    return lower.isFinite && upper.isFinite ? (Axis(lower: lower, upper: upper, ticks: own), spacing) : nil
  }

  /// An interval that reaches beyond what the axis can show ends at the end of the axis.
  private static func interval(_ point: Plot.Point, on axis: Axis) -> ClosedRange<Double>? {
    guard let interval = point.interval, interval.lower <= interval.upper else { return nil }
    func position(_ value: Double) -> Double { axis.position(of: value) ?? (value > axis.upper ? 1 : 0) }
    return position(interval.lower)...max(position(interval.lower), position(interval.upper))
  }

  /// The bins of a histogram; nil for other series.
  private static func bins(of series: Plot.Series, on axis: Axis) -> [(middle: Double?, halfWidth: Double)]? {
    guard series.mark == .histogram, series.edges.count == series.points.count + 1 else { return nil }
    return series.points.indices.map { index in
      guard let left = axis.position(of: series.edges[index]), let right = axis.position(of: series.edges[index + 1])
      else { return (nil, 0) }
      return ((left + right) / 2, (right - left) / 2)
    }
  }

  private static func box(_ box: Plot.Box, _ xAxis: Axis, _ yAxis: Axis) -> BoxPlace? {
    let heights = box.all.compactMap { yAxis.position(of: $0) }
    guard let x = xAxis.position(of: box.x), heights.count == 5 else { return nil }
    return BoxPlace(
      x: x, lowerWhisker: heights[0], lowerQuartile: heights[1], median: heights[2], upperQuartile: heights[3],
      upperWhisker: heights[4])
  }
}
