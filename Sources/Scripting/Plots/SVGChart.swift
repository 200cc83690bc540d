/// A chart as SVG elements: axes, reference lines, series, legend.
struct SVGChart {
  private let plot: Plot
  private let width: Double
  private let height: Double
  private let area: Area
  private let layout: PlotLayout

  init(_ plot: Plot, width: Double, height: Double) {
    self.plot = plot
    self.width = width
    self.height = height
    let draft = PlotLayout(plot, xTickCount: 6, yTickCount: 5)
    area = Area(plot, layout: draft, width: width, height: height)
    layout = PlotLayout(plot, xTickCount: max(2, Int(area.width / 90)), yTickCount: max(2, Int(area.height / 55)))
  }

  /// The rectangle that the points are drawn in.
  struct Area {
    var left: Double
    var top: Double
    var width: Double
    var height: Double

    init(left: Double, top: Double, width: Double, height: Double) {
      self.left = left
      self.top = top
      self.width = max(width, 40)
      self.height = max(height, 40)
    }

    init(_ plot: Plot, layout: PlotLayout, width: Double, height: Double) {
      let labelWidth = SVGText.width(layout.yAxis.ticks.map(\.label.count).max() ?? 0)
      let named = layout.traces.filter { !$0.name.isEmpty }
      let legendRows = named.isEmpty ? 0 : SVGChart.legendRows(layout, width: width - labelWidth - 40).count
      let left = labelWidth + (plot.yLabel.isEmpty ? 18 : 38)
      let top = (plot.title.isEmpty ? 14 : 36) + Double(legendRows) * 20
      self.init(
        left: left, top: top, width: width - left - 18,
        height: height - top - (plot.xLabel.isEmpty ? 32 : 52) - (layout.omission == nil ? 0 : SVGPlot.noteHeight))
    }

    func x(_ position: Double) -> Double { left + position * width }
    func y(_ position: Double) -> Double { top + (1 - position) * height }
  }

  var drawing: SVGPlot.Drawing {
    var elements = axes + SVGChart.titles(plot, area: area, width: width)
    // Areas lie under lines.
    for part in [SVGTrace.Part.area, .line] {
      for (index, trace) in layout.traces.enumerated() {
        elements += SVGTrace(trace: trace, index: index, area: area, layout: layout).elements(part)
      }
    }
    elements += rules
    if layout.traces.contains(where: { !$0.name.isEmpty }) { elements += legend }
    if layout.isEmpty { elements.append(SVGPlot.nothing("nothing to draw", x: area.x(0.5), y: area.y(0.5))) }
    elements += SVGPlot.note(layout.omission, width: width, height: height)
    return SVGPlot.Drawing(elements: elements, description: layout.description)
  }

  private var axes: [String] {
    let (left, right, top, bottom) = (area.x(0), area.x(1), area.y(1), area.y(0))
    var lines: [String] = []
    for tick in layout.yAxis.ticks {
      guard let position = layout.yAxis.position(of: tick.value) else { continue }
      let y = area.y(position)
      lines.append(SVGText.line(left, y, right, y, stroke: tick.value == 0 ? "#a0a0a0" : "#e3e3e3"))
      lines.append(SVGText.text(tick.label, x: left - 8, y: y + 4, anchor: "end"))
    }
    lines += SVGChart.xTicks(layout.xAxis, area: area)
    lines.append(SVGText.line(left, bottom, right, bottom, stroke: "#333333"))
    lines.append(SVGText.line(left, top, left, bottom, stroke: "#333333"))
    return lines
  }

  /// Ticks under the area; names are shortened to their room, a number that would touch the one before is left out.
  static func xTicks(_ axis: Axis, area: Area) -> [String] {
    let bottom = area.y(0)
    var lines: [String] = []
    var free = -Double.infinity
    let room = axis.isNamed ? area.width / Double(max(axis.ticks.count, 1)) - 6 : .infinity
    let longest = max(3, min(SVGText.longestName, Int(min(room / SVGText.width(1), 1000))))
    for tick in axis.ticks {
      guard let position = axis.position(of: tick.value) else { continue }
      let x = area.x(position)
      lines.append(SVGText.line(x, bottom, x, bottom + 5, stroke: "#333333"))
      let half = SVGText.width(min(tick.label.count, longest)) / 2
      guard x - half >= free else { continue }
      free = x + half + 6
      lines.append(SVGText.text(SVGText.shorten(tick.label, to: longest), x: x, y: bottom + 19, anchor: "middle"))
    }
    return lines
  }

  static func titles(_ plot: Plot, area: Area, width: Double) -> [String] {
    let middle = area.x(0.5)
    var lines = SVGPlot.title(plot, middle: middle, width: width)
    if !plot.xLabel.isEmpty {
      lines.append(SVGText.text(plot.xLabel, x: middle, y: area.y(0) + 40, anchor: "middle"))
    }
    if !plot.yLabel.isEmpty {
      let turn = #" transform="rotate(-90 16 \#(SVGText.number(area.y(0.5))))""#
      let label = SVGText.shorten(plot.yLabel, to: max(Int((area.height + 40) / 6.4), 8))
      lines.append(SVGText.text(label, x: 16, y: area.y(0.5), anchor: "middle", extra: turn))
    }
    return lines
  }

  private var rules: [String] {
    layout.rules.flatMap { place -> [String] in
      let dashes = #" stroke-dasharray="4 3""#
      let name = SVGText.shorten(place.rule.name)
      switch place.rule.direction {
      case .horizontal:
        let y = area.y(place.position)
        let line = SVGText.line(area.x(0), y, area.x(1), y, stroke: "#555555", extra: dashes)
        return name.isEmpty ? [line] : [line, SVGText.text(name, x: area.x(1) - 4, y: y - 5, anchor: "end")]
      case .vertical:
        let x = area.x(place.position)
        let line = SVGText.line(x, area.y(0), x, area.y(1), stroke: "#555555", extra: dashes)
        let isRight = place.position > 0.7
        let text = SVGText.text(name, x: x + (isRight ? -5 : 5), y: area.y(1) + 12, anchor: isRight ? "end" : "start")
        return name.isEmpty ? [line] : [line, text]
      }
    }
  }

  private var legend: [String] {
    let rows = SVGChart.legendRows(layout, width: area.width)
    return rows.enumerated().flatMap { row, entries in
      entries.flatMap { entry -> [String] in
        let (x, y) = (area.left + entry.x, area.top - 14 - Double(rows.count - 1 - row) * 20)
        let style = SVGTrace.Style(index: entry.index)
        return style.sample(layout.traces[entry.index].mark, x: x, y: y)
          + [SVGText.text(SVGText.shorten(layout.traces[entry.index].name), x: x + 32, y: y + 4, anchor: "start")]
      }
    }
  }

  /// The named traces, set in rows as words are set in lines.
  private static func legendRows(_ layout: PlotLayout, width: Double) -> [[(index: Int, x: Double)]] {
    var rows: [[(index: Int, x: Double)]] = []
    var x = Double.infinity
    for (index, trace) in layout.traces.enumerated() where !trace.name.isEmpty {
      let needed = 50 + SVGText.width(min(trace.name.count, SVGText.longestName))
      if x + needed > width {
        rows.append([])
        x = 0
      }
      rows[rows.count - 1].append((index, x))
      x += needed
    }
    return rows
  }
}
