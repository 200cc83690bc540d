/// One series of a chart as SVG elements.
struct SVGTrace {
  let trace: PlotLayout.Trace
  let index: Int
  let area: SVGChart.Area
  let layout: PlotLayout

  /// What lies below, and what stands on it.
  enum Part {
    case area, line
  }

  func elements(_ part: Part) -> [String] {
    let style = Style(index: index)
    switch (trace.mark, part) {
    case (.band, .area): return ribbons(style)
    case (.line, .line), (.band, .line): return lines(style) + (trace.mark == .line ? errorBars(style) : [])
    case (.scatter, .line):
      return errorBars(style) + trace.places.compactMap { $0 }.map { style.marker(x: area.x($0.x), y: area.y($0.y)) }
    case (.bar, .line), (.stack, .line): return bars(style, opacity: nil) + errorBars(Style(index: 4))
    case (.histogram, .line):
      // Histograms that lie over each other let each other through.
      return bars(style, opacity: layout.traces.count { $0.mark == .histogram } > 1 ? "0.45" : "0.85")
    case (.box, .line): return boxes(style)
    default: return []
    }
  }

  private func lines(_ style: Style) -> [String] {
    trace.places.split(separator: nil).flatMap { run -> [String] in
      let places = LineThinning.thin(run.compactMap { $0 }, columns: Int(area.width))
      // A lone point has no line to be seen by.
      if places.count == 1 { return [style.marker(x: area.x(places[0].x), y: area.y(places[0].y))] }
      return [style.polyline(points(places))]
    }
  }

  /// The area between the ends of the intervals, for each run of points that have one.
  private func ribbons(_ style: Style) -> [String] {
    let ends = zip(trace.places, trace.intervals).map { place, interval -> (x: Double, ClosedRange<Double>)? in
      guard let place, let interval else { return nil }
      return (place.x, interval)
    }
    return ends.split(whereSeparator: { $0 == nil }).map { run in
      let run = run.compactMap { $0 }
      let columns = Int(area.width)
      let upper = LineThinning.thin(run.map { .init(x: $0.x, y: $0.1.upperBound) }, columns: columns)
      let lower = LineThinning.thin(run.map { .init(x: $0.x, y: $0.1.lowerBound) }, columns: columns)
      // A lone point has a bar for an area.
      if run.count == 1 { return style.polyline(points([lower[0], upper[0]])) }
      return
        #"<polygon points="\#(points(upper + lower.reversed()))" fill="\#(style.color)" fill-opacity="0.20"/>"#
    }
  }

  private func bars(_ style: Style, opacity: String?) -> [String] {
    trace.places.indices.compactMap { index in
      guard let place = trace.places[index], trace.mark == .bar || place.y != trace.feet[index] else { return nil }
      let half = trace.halfWidths[index]
      return style.bar(
        left: area.x(max(place.x - half, 0)), right: area.x(min(place.x + half, 1)),
        from: area.y(trace.feet[index]), to: area.y(place.y), opacity: opacity)
    }
  }

  private func errorBars(_ style: Style) -> [String] {
    zip(trace.places, trace.intervals).flatMap { place, interval -> [String] in
      guard let place, let interval else { return [] }
      let (x, low, high) = (area.x(place.x), area.y(interval.lowerBound), area.y(interval.upperBound))
      return [
        SVGText.line(x, low, x, high, stroke: style.color), SVGText.line(x - 3, low, x + 3, low, stroke: style.color),
        SVGText.line(x - 3, high, x + 3, high, stroke: style.color),
      ]
    }
  }

  private func boxes(_ style: Style) -> [String] {
    let half = min(layout.barHalfWidth * 0.7 * area.width, 40)
    let drawn = trace.boxes.flatMap { box -> [String] in
      let x = area.x(box.x)
      let (low, high) = (area.y(box.lowerWhisker), area.y(box.upperWhisker))
      let (bottom, top) = (area.y(box.lowerQuartile), area.y(box.upperQuartile))
      return [
        SVGText.line(x, low, x, bottom, stroke: "#333333"), SVGText.line(x, top, x, high, stroke: "#333333"),
        SVGText.line(x - half / 2, low, x + half / 2, low, stroke: "#333333"),
        SVGText.line(x - half / 2, high, x + half / 2, high, stroke: "#333333"),
        style.outlinedBox(left: x - half, right: x + half, from: bottom, to: top),
        SVGText.line(
          x - half, area.y(box.median), x + half, area.y(box.median), stroke: "#000000", extra: #" stroke-width="2""#),
      ]
    }
    return drawn + trace.places.compactMap { $0 }.map { style.ring(x: area.x($0.x), y: area.y($0.y)) }
  }

  private func points(_ places: [PlotLayout.Place]) -> String {
    places.map { "\(SVGText.number(area.x($0.x))),\(SVGText.number(area.y($0.y)))" }.joined(separator: " ")
  }
}
