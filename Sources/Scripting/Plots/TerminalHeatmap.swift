/// A heatmap as lines of characters: colours behind the cells, or shades of grey made of blocks or of signs.
struct TerminalHeatmap {
  private let plot: Plot
  private let map: Plot.Heatmap
  private let whole: Plot.Heatmap
  private let terminal: TerminalPlot
  private let margin: Int
  private let cellWidth: Int

  init(_ plot: Plot, _ map: Plot.Heatmap, _ terminal: TerminalPlot) {
    self.plot = plot
    self.terminal = terminal
    whole = map
    let names = (0..<min(map.rows, 2000)).map { map.rowName($0).count }
    margin = min(names.max() ?? 0, terminal.columns / 4)
    let room = terminal.columns - margin - 1
    let small = map.reduced(rows: max(terminal.rows, 24), columns: max(room / 2, 1))
    self.map = small
    // With its number where every cell has room for the longest, and of equal height and width otherwise.
    let longest = small.values.joined().map { NumberLabel.short($0).count }.max() ?? 0
    let wished = longest + (terminal.color ? 2 : 4)
    showsValues = small.showsValues && small.columns > 0 && wished * small.columns <= room
    let widest = max(2, min(room / max(small.columns, 1), 6))
    cellWidth = showsValues ? max(wished, min(widest, 8)) : min(widest, max(2, 48 / max(small.columns, 1)))
  }

  private let showsValues: Bool

  var lines: [String] {
    var lines: [String] = []
    let width = cellWidth * map.columns
    if !plot.title.isEmpty { lines.append(terminal.centred(plot.title, columns: width, margin: margin + 1)) }
    guard let range = map.range else { return lines + ["no numbers to draw"] }
    if !plot.yLabel.isEmpty { lines.append(terminal.printable(plot.yLabel)) }
    for row in 0..<map.rows {
      let name = String(terminal.printable(map.rowName(row)).prefix(margin))
      let cells = map.values[row].map { cell($0, range) }.joined()
      lines.append(String(repeating: " ", count: margin - name.count) + name + " " + cells)
    }
    lines.append(columnNames)
    if !plot.xLabel.isEmpty { lines.append(terminal.centred(plot.xLabel, columns: width, margin: margin + 1)) }
    return lines + legend(range)
  }

  private func cell(_ value: Double, _ range: ClosedRange<Double>) -> String {
    let text = showsValues ? NumberLabel.short(value) : ""
    guard let share = map.share(of: value, in: range) else {
      return String(repeating: " ", count: cellWidth - text.count) + text
    }
    if terminal.color {
      let color = Palette.ramp(share)
      let padded = String(repeating: " ", count: cellWidth - text.count - (showsValues ? 1 : 0)) + text
      let ink = color.isLight ? 16 : 231
      return "\u{1B}[48;5;\(color.terminalNumber);38;5;\(ink)m\(padded)\(showsValues ? " " : "")\(TerminalPlot.plain)"
    }
    let shade = TerminalHeatmap.shade(share, unicode: terminal.unicode)
    guard showsValues else { return String(repeating: String(shade), count: cellWidth) }
    return " " + String(repeating: String(shade), count: cellWidth - text.count - 2) + " " + text
  }

  private static func shade(_ share: Double, unicode: Bool) -> Character {
    let shades = Array(unicode ? "·░▒▓█" : ".:-=+*#%@")
    return shades[min(Int(share * Double(shades.count)), shades.count - 1)]
  }

  /// Names under their columns: each of them, or every second, third, ..., as there is room.
  private var columnNames: String {
    var line = Array(repeating: Character(" "), count: margin + 1 + cellWidth * map.columns)
    let names = (0..<map.columns).map { Array(terminal.printable(map.columnName($0)).prefix(max(cellWidth, 10))) }
    let step = ((names.map(\.count).max() ?? 0) + cellWidth) / cellWidth
    for column in stride(from: 0, to: map.columns, by: max(step, 1)) {
      let name = names[column]
      let middle = margin + 1 + cellWidth * column + cellWidth / 2
      let start = max(min(middle - name.count / 2, line.count - name.count), 0)
      for (offset, letter) in name.enumerated() where start + offset < line.count { line[start + offset] = letter }
    }
    while line.last == " " { line.removeLast() }
    return String(line)
  }

  private func legend(_ range: ClosedRange<Double>) -> [String] {
    let steps = 10
    let ramp = (0..<steps).map { step -> String in
      let share = Double(step) / Double(steps - 1)
      guard terminal.color else { return String(TerminalHeatmap.shade(share, unicode: terminal.unicode)) }
      return "\u{1B}[48;5;\(Palette.ramp(share).terminalNumber)m "
    }.joined()
    let shown = terminal.color ? ramp + TerminalPlot.plain : ramp
    let label = map.valueLabel.isEmpty ? "" : "  " + terminal.printable(map.valueLabel)
    var lines = ["\(NumberLabel.short(range.lowerBound)) \(shown) \(NumberLabel.short(range.upperBound))\(label)"]
    if map.rows < whole.rows || map.columns < whole.columns {
      lines.append("each cell is a mean: \(whole.rows) rows and \(whole.columns) columns in all")
    }
    return lines + (whole.omission.map { [$0] } ?? [])
  }
}
