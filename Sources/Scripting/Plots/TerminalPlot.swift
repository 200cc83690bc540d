/// Draws a plot with characters: braille dots where the terminal knows them, plain ASCII elsewhere.
public struct TerminalPlot: Sendable {
  /// Columns of the whole drawing.
  public var width: Int
  /// Rows of the plot area alone; title, axis and legend come on top.
  public var height: Int
  public var color: Bool
  public var unicode: Bool

  public init(width: Int = 80, height: Int = 15, color: Bool = false, unicode: Bool = true) {
    self.width = width
    self.height = height
    self.color = color
    self.unicode = unicode
  }

  /// The drawing, each line with its newline.
  public func render(_ plot: Plot) -> String { lines(plot).map { $0 + "\n" }.joined() }

  func lines(_ plot: Plot) -> [String] {
    switch plot.content {
    case .chart: TerminalChart(plot, self).lines
    case .heatmap(let map): TerminalHeatmap(plot, map, self).lines
    case .network(let network): TerminalNetwork(plot, network, self).lines
    case .facets(let plots, let columns): facets(plot, plots, columns: columns)
    }
  }

  /// The height and width that can be drawn, whatever was asked.
  var rows: Int { min(max(height, 3), 200) }
  var columns: Int { min(max(width, 24), 400) }

  // MARK: Facets

  /// Several plots beside each other, as many as there is room for.
  private func facets(_ plot: Plot, _ plots: [Plot], columns wished: Int) -> [String] {
    let gap = 2
    let across = max(1, min(wished, plots.count, (columns + gap) / (36 + gap)))
    var field = self
    field.width = (columns - gap * (across - 1)) / across
    field.height = across > 1 || plots.count > 2 ? max(3, rows * 2 / 3) : rows
    var lines = plot.title.isEmpty ? [] : [centred(plot.title, columns: columns, margin: 0)]
    if plots.isEmpty { lines.append("no plots") }
    for start in stride(from: 0, to: plots.count, by: across) {
      if start > 0 { lines.append("") }
      let fields = plots[start..<min(start + across, plots.count)].map { field.lines($0) }
      for row in 0..<(fields.map(\.count).max() ?? 0) {
        var line = ""
        for (index, field) in fields.enumerated() {
          let text = row < field.count ? field[row] : ""
          let isLast = index == fields.count - 1
          line += isLast ? text : text + String(repeating: " ", count: max(0, self.field(across) - visibleCount(text)))
          if !isLast { line += String(repeating: " ", count: gap) }
        }
        lines.append(line)
      }
    }
    return lines
  }

  private func field(_ across: Int) -> Int { (columns - 2 * (across - 1)) / across }

  /// Characters that take room: colours take none.
  private func visibleCount(_ text: String) -> Int {
    var count = 0
    var isCode = false
    for character in text {
      if character == "\u{1B}" { isCode = true }
      if !isCode { count += 1 }
      if isCode, character == "m" { isCode = false }
    }
    return count
  }

  // MARK: Words and colours

  /// A name in at most so many columns.
  func shorten(_ name: String, to length: Int) -> String {
    let name = printable(name)
    return name.count <= length ? name : name.prefix(length - 1) + (unicode ? "…" : ".")
  }

  func centred(_ text: String, columns: Int, margin: Int) -> String {
    let text = String(printable(text).prefix(max(columns, self.columns - margin)))
    return String(repeating: " ", count: margin + max(0, (columns - text.count) / 2)) + text
  }

  /// Names come from scripts: what could steer the terminal is left out, and what it cannot show is replaced.
  func printable(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.filter { $0.properties.generalCategory != .control }.map { scalar in
          unicode || scalar.isASCII ? scalar : "?"
        }))
  }

  static let plain = "\u{1B}[0m"
  /// Blue, yellow, cyan, magenta, green, red: the pairs most often confused stand far apart.
  static func colorCode(_ owner: Int) -> String { "\u{1B}[\([34, 33, 36, 35, 32, 31][owner % 6])m" }
  static func sign(_ owner: Int) -> Character { Array("*o+x#@%=")[owner % 8] }
  static func letter(_ owner: Int) -> Character {
    Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")[owner % 26]
  }

  /// The cells of one row of a canvas, in the colours of their owners.
  func content(_ canvas: DotCanvas, row: Int) -> String {
    var line = ""
    var current = -1
    var blanks = 0
    for column in 0..<canvas.columns {
      guard let cell = canvas.cell(column: column, row: row, asciiSign: TerminalPlot.sign) else {
        blanks += 1
        continue
      }
      line += String(repeating: " ", count: blanks)
      blanks = 0
      if color, cell.owner != current {
        line += cell.owner == DotCanvas.nobody ? TerminalPlot.plain : TerminalPlot.colorCode(cell.owner)
        current = cell.owner
      }
      line.append(cell.character)
    }
    return current >= 0 ? line + TerminalPlot.plain : line
  }
}
