import Core

/// A chart in Vega-Lite: a layer for each part of each series, with the axes that the other renderers draw.
struct VegaLiteChart {
  private let plot: Plot
  private let layout: PlotLayout
  private let names: [String]

  /// Lines with more points than four times this are thinned, as no notebook could show them all.
  private static let columns = 1200
  private static let width: Int64 = 480
  private static let height: Int64 = 280

  init(_ plot: Plot) {
    self.plot = plot
    layout = PlotLayout(plot, xTickCount: 7, yTickCount: 6)
    names = layout.traces.map(\.name)
  }

  /// What is said of points that cannot be drawn.
  var omission: String? { layout.omission }

  var specification: [String: JSON] {
    var layers = zip(plot.series, layout.traces).enumerated().flatMap { index, pair in
      self.layers(pair.0, pair.1, index)
    }
    layers += layout.rules.flatMap { rule($0.rule) }
    if layout.isEmpty { layers.append(VegaLitePlot.nothing("nothing to draw", width: Self.width, height: Self.height)) }
    return [
      "description": .string(layout.description), "width": .integer(Self.width), "height": .integer(Self.height),
      "layer": .array(layers),
      "encoding": ["x": axis(layout.xAxis, plot.xLabel, isX: true), "y": axis(layout.yAxis, plot.yLabel, isX: false)],
    ]
  }

  private func axis(_ axis: Axis, _ label: String, isX: Bool) -> JSON {
    var scale: [String: JSON] = [
      "domain": [.number(axis.lower), .number(axis.upper)], "nice": false, "zero": false,
    ]
    if axis.scale == .logarithmic { scale["type"] = "log" }
    var look: [String: JSON] = ["grid": .bool(!isX)]
    if isX, !plot.categories.isEmpty {
      look.merge(VegaLitePlot.names(plot.categories)) { $1 }
    } else {
      look["values"] = .array(axis.ticks.map { .number($0.value) })
    }
    return [
      "type": "quantitative", "scale": .object(scale), "axis": .object(look),
      "title": label.isEmpty ? .null : .string(label),
    ]
  }

  // MARK: Series

  private func layers(_ series: Plot.Series, _ trace: PlotLayout.Trace, _ index: Int) -> [JSON] {
    switch series.mark {
    case .line: return errorBars(series, trace, index) + line(series, trace, index)
    case .band: return [band(series, trace, index)] + line(series, trace, index)
    case .scatter:
      let rows = series.points.indices.filter { trace.places[$0] != nil }.map { row(series.points[$0]) }
      return errorBars(series, trace, index)
        + [layer(["type": "point", "filled": true, "size": 45, "opacity": 1], index, look: .shape, xy, rows)]
    case .bar, .stack, .histogram:
      return [bars(series, trace, index)] + (series.mark == .bar ? errorBars(series, trace, 4) : [])
    case .box: return boxes(series, trace, index)
    }
  }

  private var xy: [String: JSON] { ["x": ["field": "x"], "y": ["field": "y"]] }

  private func row(_ point: Plot.Point) -> JSON {
    ["x": VegaLitePlot.number(point.x), "y": VegaLitePlot.number(point.y)]
  }

  /// The series that the legend names.
  private var named: [Int] { names.indices.filter { !names[$0].isEmpty } }

  /// What tells a series apart beside its colour.
  private enum Look: String {
    /// The dashes of a line.
    case strokeDash
    /// The shape of points.
    case shape

    init?(_ mark: Plot.Mark) {
      switch mark {
      case .line, .band: self = .strokeDash
      case .scatter: self = .shape
      case .bar, .stack, .histogram, .box: return nil
      }
    }

    func value(_ index: Int) -> JSON {
      switch self {
      // An empty pattern is no member of a scale.
      case .strokeDash:
        let pattern = Palette.dashes(index)
        return .array((pattern.isEmpty ? [1, 0] : pattern).map { .integer(Int64($0)) })
      case .shape: return .string(["circle", "square", "triangle-up", "diamond"][index % 4])
      }
    }
  }

  /// A look that the legend shows, as all that it names have it; nil where there is none.
  private var sharedLook: Look? {
    let looks = named.map { Look(layout.traces[$0].mark) }
    return looks.allSatisfy { $0 == looks.first } ? looks.first ?? nil : nil
  }

  private func color(_ index: Int) -> String {
    switch layout.traces[index].mark {
    case .bar, .stack, .box: Palette.fill(index)
    case .line, .band, .scatter, .histogram: Palette.series(index)
    }
  }

  /// As wide as the chart at most, with samples of lines that are long enough to show their dashes.
  private var legendLook: [String: JSON] {
    let longest = Double(named.map { names[$0].count }.max() ?? 0)
    let isOfLines = sharedLook == .strokeDash
    let entries = max(1, Int64(Double(Self.width) / (longest * 6.5 + (isOfLines ? 60 : 30))))
    var look: [String: JSON] = ["title": .null, "orient": "top", "symbolOpacity": 1, "columns": .integer(entries)]
    if isOfLines { look.merge(["symbolSize": 1000, "symbolStrokeWidth": 2, "symbolType": "stroke"]) { $1 } }
    return look
  }

  /// What the series that have names look like in one respect, of which the legend is made.
  private func legend(_ look: (Int) -> JSON) -> JSON {
    [
      "field": "series", "type": "nominal",
      "scale": ["domain": .array(named.map { .string(names[$0]) }), "range": .array(named.map(look))],
      "legend": .object(legendLook),
    ]
  }

  /// A layer in the colour of its series, under its name in the legend.
  private func layer(
    _ mark: [String: JSON], _ index: Int, look: Look? = nil, _ encoding: [String: JSON], _ rows: [JSON]
  ) -> JSON {
    var mark = mark
    if let look { mark[look.rawValue] = look.value(index) }
    guard names.indices.contains(index), !names[index].isEmpty else {
      return VegaLitePlot.layer(.object(mark.merging(["color": .string(color(index))]) { $1 }), encoding, rows)
    }
    var encoding = encoding
    encoding["color"] = legend { .string(color($0)) }
    if let look, look == sharedLook { encoding[look.rawValue] = legend(look.value) }
    return [
      "mark": .object(mark), "data": ["values": .array(rows)],
      "transform": [["calculate": .string(VegaLitePlot.literal(names[index])), "as": "series"]],
      "encoding": .object(encoding),
    ]
  }

  private func line(_ series: Plot.Series, _ trace: PlotLayout.Trace, _ index: Int) -> [JSON] {
    // A gap divides a line into two, each a path of its own.
    var rows: [JSON] = []
    var lonely: [JSON] = []
    var run = 0
    for indices in trace.places.indices.split(whereSeparator: { trace.places[$0] == nil }) {
      let places = indices.compactMap { trace.places[$0] }
      for kept in LineThinning.kept(places, columns: VegaLiteChart.columns) {
        let point = series.points[indices[indices.startIndex + kept]]
        rows.append([
          "x": .number(point.x), "y": .number(point.y), "order": .integer(Int64(rows.count)),
          "run": .integer(Int64(run)),
        ])
      }
      if places.count == 1 { lonely.append(row(series.points[indices[indices.startIndex]])) }
      run += 1
    }
    var encoding = xy
    encoding["order"] = ["field": "order", "type": "quantitative"]
    encoding["detail"] = ["field": "run", "type": "nominal"]
    let line = layer(["type": "line", "strokeWidth": 2], index, look: .strokeDash, encoding, rows)
    // Lone points have no line to be seen by.
    let points: [String: JSON] = ["type": "point", "filled": true, "size": 45, "opacity": 1]
    return lonely.isEmpty ? [line] : [line, layer(points, index, xy, lonely)]
  }

  private func band(_ series: Plot.Series, _ trace: PlotLayout.Trace, _ index: Int) -> JSON {
    var encoding = xy
    encoding["y2"] = ["field": "y2"]
    return layer(["type": "area", "opacity": 0.2], index, encoding, intervals(series, trace))
  }

  private func errorBars(_ series: Plot.Series, _ trace: PlotLayout.Trace, _ index: Int) -> [JSON] {
    let rows = intervals(series, trace)
    guard !rows.isEmpty else { return [] }
    var encoding = xy
    encoding["y2"] = ["field": "y2"]
    return [
      VegaLitePlot.layer(["type": "rule", "color": .string(Palette.series(index)), "strokeWidth": 1.3], encoding, rows)
    ]
  }

  private func intervals(_ series: Plot.Series, _ trace: PlotLayout.Trace) -> [JSON] {
    series.points.indices.compactMap { index in
      guard let place = trace.places[index], let interval = trace.intervals[index] else { return nil }
      return [
        "x": .number(layout.xAxis.value(at: place.x)), "y": .number(layout.yAxis.value(at: interval.lowerBound)),
        "y2": .number(layout.yAxis.value(at: interval.upperBound)),
      ]
    }
  }

  private func bars(_ series: Plot.Series, _ trace: PlotLayout.Trace, _ index: Int) -> JSON {
    let rows = series.points.indices.compactMap { index -> JSON? in
      guard let place = trace.places[index] else { return nil }
      let half = trace.halfWidths[index]
      return [
        "x": .number(layout.xAxis.value(at: max(place.x - half, 0))),
        "x2": .number(layout.xAxis.value(at: min(place.x + half, 1))),
        "y": .number(layout.yAxis.value(at: trace.feet[index])), "y2": .number(layout.yAxis.value(at: place.y)),
      ]
    }
    let isCrowded = series.mark == .histogram && layout.traces.count { $0.mark == .histogram } > 1
    let mark: [String: JSON] = [
      "type": "rect", "opacity": isCrowded ? 0.45 : 1, "stroke": "#ffffff", "strokeWidth": 0.5,
    ]
    return layer(
      mark, index, ["x": ["field": "x"], "x2": ["field": "x2"], "y": ["field": "y"], "y2": ["field": "y2"]], rows)
  }

  private func boxes(_ series: Plot.Series, _ trace: PlotLayout.Trace, _ index: Int) -> [JSON] {
    let half = layout.barHalfWidth * 0.7
    let rows = zip(series.boxes, trace.boxes).map { box, place -> JSON in
      [
        "x": .number(box.x), "left": .number(layout.xAxis.value(at: max(place.x - half, 0))),
        "right": .number(layout.xAxis.value(at: min(place.x + half, 1))), "low": .number(box.lowerWhisker),
        "bottom": .number(box.lowerQuartile), "median": .number(box.median), "top": .number(box.upperQuartile),
        "high": .number(box.upperWhisker),
      ]
    }
    let whisker: JSON = ["type": "rule", "color": "#333333"]
    let wide: [String: JSON] = ["x": ["field": "left"], "x2": ["field": "right"]]
    let outliers = series.points.indices.filter { trace.places[$0] != nil }.map { row(series.points[$0]) }
    return [
      VegaLitePlot.layer(whisker, ["x": ["field": "x"], "y": ["field": "low"], "y2": ["field": "high"]], rows),
      VegaLitePlot.layer(
        ["type": "rect", "color": "#b3d0e3", "stroke": "#333333"],
        wide.merging(["y": ["field": "bottom"], "y2": ["field": "top"]]) { $1 }, rows),
      VegaLitePlot.layer(
        ["type": "rule", "color": "#000000", "strokeWidth": 2], wide.merging(["y": ["field": "median"]]) { $1 }, rows),
      layer(["type": "point", "size": 25], index, xy, outliers),
    ]
  }

  // MARK: Reference lines

  private func rule(_ rule: Plot.Rule) -> [JSON] {
    let isVertical = rule.direction == .vertical
    let place: [String: JSON] = [isVertical ? "x" : "y": ["datum": .number(rule.value)]]
    let line: JSON = [
      "mark": ["type": "rule", "color": "#555555", "strokeDash": [4, 3]], "data": ["values": [[:]]],
      "encoding": .object(place),
    ]
    guard !rule.name.isEmpty else { return [line] }
    var encoding = place
    encoding[isVertical ? "y" : "x"] = isVertical ? ["value": 8] : ["value": 476]
    encoding["text"] = ["value": .string(rule.name)]
    let text: JSON = [
      "mark": [
        "type": "text", "align": isVertical ? "left" : "right", "dx": .integer(isVertical ? 5 : 0),
        "dy": .integer(isVertical ? 0 : -7), "color": "#333333",
      ], "data": ["values": [[:]]], "encoding": .object(encoding),
    ]
    return [line, text]
  }
}
