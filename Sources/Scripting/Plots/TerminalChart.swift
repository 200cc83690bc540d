/// A chart as lines of characters.
struct TerminalChart {
  private let plot: Plot
  private let terminal: TerminalPlot
  private let layout: PlotLayout
  private let margin: Int
  private let columns: Int
  private let rows: Int
  private var unicode: Bool { terminal.unicode }

  init(_ plot: Plot, _ terminal: TerminalPlot) {
    self.plot = plot
    self.terminal = terminal
    rows = terminal.rows
    let yTickCount = max(2, min(rows / 3, 6))
    let draft = PlotLayout(plot, xTickCount: 4, yTickCount: yTickCount)
    margin = min(draft.yAxis.ticks.map(\.label.count).max() ?? 0, terminal.columns / 3)
    columns = terminal.columns - margin - 2
    layout = PlotLayout(plot, xTickCount: max(2, min(columns / 12, 8)), yTickCount: yTickCount)
  }

  var lines: [String] {
    var lines: [String] = []
    if !plot.title.isEmpty { lines.append(terminal.centred(plot.title, columns: columns, margin: margin + 2)) }
    if !plot.yLabel.isEmpty { lines.append(terminal.printable(plot.yLabel)) }
    lines += plotArea
    lines += TerminalChart.xAxis(layout.xAxis, columns: columns, margin: margin, terminal: terminal)
    if !plot.xLabel.isEmpty { lines.append(terminal.centred(plot.xLabel, columns: columns, margin: margin + 2)) }
    return lines + legend
  }

  // MARK: The plot area

  private var plotArea: [String] {
    var canvas = DotCanvas(columns: columns, rows: rows, style: unicode ? .braille : .ascii)
    // What is faint comes first, so that nothing is hidden by it.
    for rule in layout.rules { draw(rule, on: &canvas) }
    for (index, trace) in layout.traces.enumerated() where trace.mark == .band {
      fill(trace, owner: index, on: &canvas)
    }
    for (index, trace) in layout.traces.enumerated() { draw(trace, owner: index, on: &canvas) }

    var labels: [Int: String] = [:]
    for tick in layout.yAxis.ticks {
      guard let position = layout.yAxis.position(of: tick.value) else { continue }
      labels[canvas.row(ofDot: canvas.dot(at: .init(x: 0, y: position)).y)] = tick.label
    }
    return (0..<rows).map { row in
      let label = labels[row].map { String($0.prefix(margin)) }
      let frame = unicode ? (label == nil ? "│" : "┤") : (label == nil ? "|" : "+")
      let indent = String(repeating: " ", count: margin - (label?.count ?? 0))
      return indent + (label ?? "") + " " + frame + terminal.content(canvas, row: row)
    }
  }

  private func draw(_ place: PlotLayout.RulePlace, on canvas: inout DotCanvas) {
    switch place.rule.direction {
    case .horizontal:
      let y = canvas.dot(at: .init(x: 0, y: place.position)).y
      for x in stride(from: 0, to: canvas.width, by: unicode ? 3 : 2) { canvas.setFaintly(x: x, y: y, owner: nil) }
    case .vertical:
      let x = canvas.dot(at: .init(x: place.position, y: 0)).x
      for y in stride(from: 0, to: canvas.height, by: unicode ? 2 : 1) { canvas.setFaintly(x: x, y: y, owner: nil) }
    }
  }

  /// The area of a band, from column to column of dots.
  private func fill(_ trace: PlotLayout.Trace, owner: Int, on canvas: inout DotCanvas) {
    var previous: (x: Int, low: Double, high: Double)?
    for (place, interval) in zip(trace.places, trace.intervals) {
      guard let place, let interval else {
        previous = nil
        continue
      }
      let x = canvas.dot(at: place).x
      let start = previous ?? (x, interval.lowerBound, interval.upperBound)
      for column in min(start.x, x)...max(start.x, x) {
        let part = x == start.x ? 1 : Double(column - start.x) / Double(x - start.x)
        let low = start.low + (interval.lowerBound - start.low) * part
        let high = start.high + (interval.upperBound - start.high) * part
        let (bottom, top) = (canvas.dot(at: .init(x: 0, y: low)).y, canvas.dot(at: .init(x: 0, y: high)).y)
        for y in min(top, bottom)...max(top, bottom)
        where unicode == false || (column % 2 == 0 && (y + column / 2) % 2 == 0) {
          canvas.setFaintly(x: column, y: y, owner: owner)
        }
      }
      previous = (x, interval.lowerBound, interval.upperBound)
    }
  }

  private func draw(_ trace: PlotLayout.Trace, owner: Int, on canvas: inout DotCanvas) {
    var previous: (x: Int, y: Int)?
    for (index, place) in trace.places.enumerated() {
      guard let place else {
        previous = nil
        continue
      }
      let dot = canvas.dot(at: place)
      if trace.mark != .band, let interval = trace.intervals[index] {
        canvas.line(
          from: canvas.dot(at: .init(x: place.x, y: interval.lowerBound)),
          to: canvas.dot(at: .init(x: place.x, y: interval.upperBound)), owner: owner)
      }
      switch trace.mark {
      case .scatter, .box: canvas.set(x: dot.x, y: dot.y, owner: owner)
      case .line, .band:
        canvas.line(from: previous ?? dot, to: dot, owner: owner)
        previous = dot
      case .stack where place.y == trace.feet[index]: break
      case .histogram where place.y == trace.feet[index]: break
      case .bar, .stack: drawBar(trace, index, place, owner: owner, on: &canvas)
      case .histogram: drawBin(trace, index, place, owner: owner, on: &canvas)
      }
    }
    for box in trace.boxes { draw(box, owner: owner, on: &canvas) }
    // Without colours, a letter at its last point tells one trace of dots from another.
    if trace.mark != .stack, needsLetters, let last = trace.places.last(where: { $0 != nil }) ?? nil {
      let dot = canvas.dot(at: last)
      canvas.write(TerminalPlot.letter(owner), x: dot.x, y: dot.y, owner: owner)
    }
  }

  private func drawBar(
    _ trace: PlotLayout.Trace, _ index: Int, _ place: PlotLayout.Place, owner: Int, on canvas: inout DotCanvas
  ) {
    let half = trace.halfWidths[index]
    let top = canvas.dot(at: place).y
    let base = canvas.dot(at: .init(x: place.x, y: trace.feet[index])).y
    let left = canvas.dot(at: .init(x: max(place.x - half, 0), y: 0)).x
    let right = canvas.dot(at: .init(x: min(place.x + half, 1), y: 0)).x
    for x in left...max(left, right) {
      canvas.line(from: (x, base), to: (x, top), owner: owner)
      // Without colours, parts that touch are told apart by what they are made of.
      guard trace.mark == .stack, needsLetters else { continue }
      for y in min(base, top)...max(base, top) {
        canvas.write(TerminalPlot.letter(owner), x: x, y: y, owner: owner)
      }
    }
  }

  /// Alone, a histogram is filled; several are drawn as outlines, so that each can be seen.
  private func drawBin(
    _ trace: PlotLayout.Trace, _ index: Int, _ place: PlotLayout.Place, owner: Int, on canvas: inout DotCanvas
  ) {
    let half = trace.halfWidths[index]
    let (left, right) = (
      canvas.dot(at: .init(x: place.x - half, y: 0)).x, canvas.dot(at: .init(x: place.x + half, y: 0)).x
    )
    let (top, base) = (canvas.dot(at: place).y, canvas.dot(at: .init(x: 0, y: trace.feet[index])).y)
    let isAlone = layout.traces.count { $0.mark == .histogram } == 1
    guard isAlone else {
      canvas.line(from: (left, base), to: (left, top), owner: owner)
      canvas.line(from: (left, top), to: (right, top), owner: owner)
      canvas.line(from: (right, top), to: (right, base), owner: owner)
      return
    }
    // One column of dots stays free between bins that are wide enough.
    for x in left...max(left, right - (right - left > 3 ? 1 : 0)) {
      canvas.line(from: (x, base), to: (x, top), owner: owner)
    }
  }

  private func draw(_ box: PlotLayout.BoxPlace, owner: Int, on canvas: inout DotCanvas) {
    func dot(_ y: Double) -> (x: Int, y: Int) { canvas.dot(at: .init(x: box.x, y: y)) }
    let half = max(1, Int(layout.barHalfWidth * 0.6 * Double(canvas.width)))
    let middle = dot(box.median)
    let (bottom, top) = (dot(box.lowerQuartile).y, dot(box.upperQuartile).y)
    let (left, right) = (middle.x - half, middle.x + half)
    canvas.line(from: dot(box.lowerWhisker), to: dot(box.lowerQuartile), owner: owner)
    canvas.line(from: dot(box.upperQuartile), to: dot(box.upperWhisker), owner: owner)
    for y in [bottom, top] { canvas.line(from: (left, y), to: (right, y), owner: owner) }
    for x in [left, right] { canvas.line(from: (x, bottom), to: (x, top), owner: owner) }
    for y in [dot(box.lowerWhisker).y, dot(box.upperWhisker).y] {
      canvas.line(from: (middle.x - half / 2, y), to: (middle.x + half / 2, y), owner: owner)
    }
    // The median is drawn in characters of its own.
    for x in left...right { canvas.write(unicode ? "━" : "=", x: x, y: middle.y, owner: owner) }
  }

  // MARK: Around it

  static func xAxis(_ axis: Axis, columns: Int, margin: Int, terminal: TerminalPlot) -> [String] {
    let unicode = terminal.unicode
    var frame = Array(repeating: Character(unicode ? "─" : "-"), count: columns)
    var labels = Array(repeating: Character(" "), count: margin + 2 + columns)
    var free = 0
    // A name must not reach under its neighbour's place.
    let longest = axis.isNamed ? max(3, columns / max(axis.ticks.count, 1) - 1) : labels.count
    for tick in axis.ticks {
      guard let position = axis.position(of: tick.value) else { continue }
      let column = Int((position * Double(columns - 1)).rounded())
      let label = Array(terminal.shorten(tick.label, to: min(longest, labels.count)))
      let place = margin + 2 + column - label.count / 2
      let start = min(max(place, free), labels.count - label.count)
      guard start >= free, start <= place + 2 else { continue }
      frame[column] = unicode ? "┬" : "+"
      labels.replaceSubrange(start..<start + label.count, with: label)
      free = start + label.count + 1
    }
    while labels.last == " " { labels.removeLast() }
    let corner = unicode ? "└" : "+"
    return [String(repeating: " ", count: margin + 1) + corner + String(frame), String(labels)]
  }

  /// One line a trace: its sign, its name, the range of its values; one for each reference line that has a name.
  private var legend: [String] {
    var lines = layout.traces.enumerated().map { index, trace in
      let dots = needsLetters ? String(TerminalPlot.letter(index)) : "⠤⠤"
      let sign = unicode ? dots : String(TerminalPlot.sign(index))
      let shown = terminal.color ? TerminalPlot.colorCode(index) + sign + TerminalPlot.plain : sign
      let name = trace.name.isEmpty ? "" : " " + terminal.printable(trace.name)
      guard let range = trace.range else { return "\(shown)\(name)  no points" }
      let (lowest, highest) = (NumberLabel.short(range.lowerBound), NumberLabel.short(range.upperBound))
      return "\(shown)\(name)  min \(lowest)  max \(highest)"
    }
    for rule in plot.rules where !rule.name.isEmpty {
      let axis = rule.direction == .vertical ? "x" : "y"
      lines.append(
        "\(unicode ? "┄┄" : "..") \(terminal.printable(rule.name))  \(axis) = \(NumberLabel.short(rule.value))")
    }
    return lines + (layout.omission.map { [$0] } ?? [])
  }

  private var needsLetters: Bool { unicode && !terminal.color && layout.traces.count > 1 }
}
