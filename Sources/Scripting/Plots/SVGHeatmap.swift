/// A heatmap as SVG elements: cells, their names, and the ramp that says what the colours mean.
struct SVGHeatmap {
  private let plot: Plot
  private let map: Plot.Heatmap
  private let whole: Plot.Heatmap
  private let width: Double
  private let height: Double
  private let area: SVGChart.Area

  /// More cells a side than this are too small to see; they are drawn as means.
  private static let most = 250

  init(_ plot: Plot, _ map: Plot.Heatmap, width: Double, height: Double) {
    self.plot = plot
    whole = map
    let map = map.reduced(rows: SVGHeatmap.most, columns: SVGHeatmap.most)
    self.map = map
    self.width = width
    self.height = height
    let names = (0..<map.rows).map { min(map.rowName($0).count, SVGText.longestName) }
    let left = SVGText.width(names.max() ?? 0) + (plot.yLabel.isEmpty ? 18 : 38)
    let top = plot.title.isEmpty ? 14.0 : 36.0
    // The ramp and its numbers stand on the right.
    area = SVGChart.Area(
      left: left, top: top, width: width - left - 92,
      height: height - top - (plot.xLabel.isEmpty ? 32 : 52) - (whole.omission == nil ? 0 : SVGPlot.noteHeight))
  }

  var drawing: SVGPlot.Drawing {
    var elements = SVGChart.titles(plot, area: area, width: width)
    guard let range = map.range else {
      elements.append(SVGPlot.nothing("nothing to draw", x: area.x(0.5), y: area.y(0.5)))
      return SVGPlot.Drawing(elements: elements, description: whole.description)
    }
    elements += cells(range) + names + ramp(range) + SVGPlot.note(whole.omission, width: width, height: height)
    return SVGPlot.Drawing(elements: elements, description: whole.description)
  }

  private func cells(_ range: ClosedRange<Double>) -> [String] {
    let (width, height) = (area.width / Double(map.columns), area.height / Double(map.rows))
    let texts = map.values.joined().map(NumberLabel.short)
    let longest = texts.map(\.count).max() ?? 0
    let showsValues = map.showsValues && SVGText.width(longest) + 6 <= width && height >= 16
    return (0..<map.rows * map.columns).flatMap { index -> [String] in
      let (row, column) = (index / map.columns, index % map.columns)
      let share = map.share(of: map.values[row][column], in: range)
      let color = share.map { Palette.ramp($0) }
      let (x, y) = (area.left + Double(column) * width, area.top + Double(row) * height)
      let place = #"x="\#(SVGText.number(x))" y="\#(SVGText.number(y))""#
      let size = #"width="\#(SVGText.number(width))" height="\#(SVGText.number(height))""#
      let fill = color?.hexadecimal ?? Palette.blank
      let cell = #"<rect \#(place) \#(size) fill="\#(fill)" shape-rendering="crispEdges"/>"#
      guard showsValues else { return [cell] }
      let ink = ##" fill="\##(color?.isLight ?? true ? "#000000" : "#ffffff")""##
      return [cell, SVGText.text(texts[index], x: x + width / 2, y: y + height / 2 + 4, anchor: "middle", extra: ink)]
    }
  }

  private var names: [String] {
    let height = area.height / Double(map.rows)
    var lines = SVGChart.xTicks(Axis(categories: (0..<map.columns).map(map.columnName)), area: area)
    let step = max(1, Int((15 / height).rounded(.up)))
    for row in stride(from: 0, to: map.rows, by: step) {
      let y = area.top + (Double(row) + 0.5) * height
      lines.append(SVGText.text(SVGText.shorten(map.rowName(row)), x: area.left - 8, y: y + 4, anchor: "end"))
    }
    return lines
  }

  private func ramp(_ range: ClosedRange<Double>) -> [String] {
    let left = area.left + area.width + 18
    let steps = range.upperBound > range.lowerBound ? 64 : 1
    let height = area.height / Double(steps)
    var lines = (0..<steps).map { step -> String in
      let color = Palette.ramp(steps == 1 ? 0.5 : Double(step) / Double(steps - 1)).hexadecimal
      let y = area.top + area.height - Double(step + 1) * height
      let place = #"x="\#(SVGText.number(left))" y="\#(SVGText.number(y))""#
      return
        #"<rect \#(place) width="12.00" height="\#(SVGText.number(height + 0.3))" fill="\#(color)" shape-rendering="crispEdges"/>"#
    }
    let values =
      steps == 1
      ? [(range.lowerBound, 0.5)]
      : [0, 0.25, 0.5, 0.75, 1].map { (range.lowerBound * (1 - $0) + range.upperBound * $0, $0) }
    for (value, share) in values {
      let y = area.y(share)
      lines.append(SVGText.text(NumberLabel.short(value), x: left + 17, y: y + 4, anchor: "start"))
    }
    if !map.valueLabel.isEmpty {
      lines.append(
        SVGText.text(
          SVGText.shorten(map.valueLabel, to: 14), x: min(left + 6, width - 4), y: area.top - 7,
          anchor: left + 6 + SVGText.width(min(map.valueLabel.count, 14)) > width ? "end" : "middle"))
    }
    return lines
  }
}
