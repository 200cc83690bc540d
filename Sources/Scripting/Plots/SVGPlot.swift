/// Draws a plot as an SVG document: the same bytes for the same plot, on every machine.
public struct SVGPlot: Sendable {
  /// The size of the whole drawing, in pixels.
  public var width: Int
  public var height: Int

  public init(width: Int = 640, height: Int = 400) {
    self.width = min(max(width, 160), 10_000)
    self.height = min(max(height, 120), 10_000)
  }

  public func render(_ plot: Plot) -> String {
    let draft = PlotLayout(plot, xTickCount: 6, yTickCount: 5)
    let area = Area(plot, layout: draft, width: width, height: height)
    let layout = PlotLayout(plot, xTickCount: max(2, Int(area.width / 90)), yTickCount: max(2, Int(area.height / 55)))

    let size = #"width="\#(width)" height="\#(height)" viewBox="0 0 \#(width) \#(height)""#
    var lines = [
      #"<svg xmlns="http://www.w3.org/2000/svg" \#(size) role="img">"#,
      "<title>\(SVGText.escape(plot.title.isEmpty ? "Plot" : plot.title))</title>",
      "<desc>\(SVGText.escape(description(layout)))</desc>",
      ##"<rect width="100%" height="100%" fill="#ffffff"/>"##,
      ##"<g font-family="Helvetica, Arial, sans-serif" font-size="12" fill="#333333">"##,
    ]
    lines += axes(layout, area: area)
    lines += titles(plot, area: area)
    for (index, trace) in layout.traces.enumerated() {
      lines += SVGTrace(trace: trace, index: index, area: area, layout: layout).elements
    }
    if layout.traces.contains(where: { !$0.name.isEmpty }) { lines += legend(layout, area: area) }
    lines += ["</g>", "</svg>"]
    return lines.map { $0 + "\n" }.joined()
  }

  /// The rectangle that the points are drawn in.
  struct Area {
    var left: Double
    var top: Double
    var width: Double
    var height: Double

    init(_ plot: Plot, layout: PlotLayout, width: Int, height: Int) {
      let labelWidth = SVGText.width(layout.yAxis.ticks.map(\.label.count).max() ?? 0)
      let named = layout.traces.filter { !$0.name.isEmpty }
      let legendRows = named.isEmpty ? 0 : SVGPlot.legendRows(layout, width: Double(width) - labelWidth - 40).count
      left = labelWidth + (plot.yLabel.isEmpty ? 18 : 38)
      top = (plot.title.isEmpty ? 14 : 36) + Double(legendRows) * 20
      self.width = max(Double(width) - left - 18, 40)
      self.height = max(Double(height) - top - (plot.xLabel.isEmpty ? 32 : 52), 40)
    }

    func x(_ position: Double) -> Double { left + position * width }
    func y(_ position: Double) -> Double { top + (1 - position) * height }
  }

  private func axes(_ layout: PlotLayout, area: Area) -> [String] {
    let (left, right, top, bottom) = (area.x(0), area.x(1), area.y(1), area.y(0))
    var lines: [String] = []
    for tick in layout.yAxis.ticks {
      guard let position = layout.yAxis.position(of: tick.value) else { continue }
      let y = area.y(position)
      lines.append(SVGText.line(left, y, right, y, stroke: tick.value == 0 ? "#a0a0a0" : "#e3e3e3"))
      lines.append(SVGText.text(tick.label, x: left - 8, y: y + 4, anchor: "end"))
    }
    var free = -Double.infinity
    for tick in layout.xAxis.ticks {
      guard let position = layout.xAxis.position(of: tick.value) else { continue }
      let x = area.x(position)
      lines.append(SVGText.line(x, bottom, x, bottom + 5, stroke: "#333333"))
      let half = SVGText.width(min(tick.label.count, SVGText.longestName)) / 2
      guard x - half >= free else { continue }
      free = x + half + 6
      lines.append(SVGText.text(SVGText.shorten(tick.label), x: x, y: bottom + 19, anchor: "middle"))
    }
    lines.append(SVGText.line(left, bottom, right, bottom, stroke: "#333333"))
    lines.append(SVGText.line(left, top, left, bottom, stroke: "#333333"))
    return lines
  }

  private func titles(_ plot: Plot, area: Area) -> [String] {
    let middle = area.x(0.5)
    var lines: [String] = []
    if !plot.title.isEmpty {
      let bold = #" font-size="15" font-weight="bold""#
      lines.append(SVGText.text(plot.title, x: middle, y: 22, anchor: "middle", extra: bold))
    }
    if !plot.xLabel.isEmpty {
      lines.append(SVGText.text(plot.xLabel, x: middle, y: area.y(0) + 40, anchor: "middle"))
    }
    if !plot.yLabel.isEmpty {
      let turn = #" transform="rotate(-90 16 \#(SVGText.number(area.y(0.5))))""#
      lines.append(SVGText.text(plot.yLabel, x: 16, y: area.y(0.5), anchor: "middle", extra: turn))
    }
    return lines
  }

  private func legend(_ layout: PlotLayout, area: Area) -> [String] {
    let rows = SVGPlot.legendRows(layout, width: area.width)
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

  /// What the drawing shows, for those who cannot see it.
  private func description(_ layout: PlotLayout) -> String {
    layout.traces.map { trace in
      let name = trace.name.isEmpty ? trace.mark.rawValue : "\(trace.name) (\(trace.mark.rawValue))"
      guard let range = trace.range else { return "\(name): no points" }
      let count = trace.places.count { $0 != nil }
      let (lowest, highest) = (NumberLabel.short(range.lowerBound), NumberLabel.short(range.upperBound))
      return "\(name): \(count) points, \(lowest) to \(highest)"
    }.joined(separator: "; ")
  }
}
