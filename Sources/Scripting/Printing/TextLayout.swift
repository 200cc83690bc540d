/// How the columns of a table stand beside each other in text: their widths, and which of them have room.
struct TextLayout {
  private let table: TextTable
  private let widths: [Int]
  private let left: Range<Int>
  private let right: Range<Int>

  /// - Parameters:
  ///   - rows: those that will be shown, as widths come from them.
  ///   - width: the columns of characters that there are, nil for as many as it takes.
  ///   - ask: is called with the number of each row before it is looked at; what it throws is thrown on.
  init(
    _ table: TextTable, rows: some Sequence<Int>, width: Int?, ask: (Int) throws -> Void
  ) rethrows {
    self.table = table
    var widths = table.columns.map { TextLayout.printable($0.header).count }
    for row in rows {
      try ask(row)
      for (place, column) in table.columns.enumerated() {
        widths[place] = max(widths[place], TextLayout.printable(column.cells.shown(row)).count)
      }
    }
    self.widths = widths
    (left, right) = TextLayout.fitting(widths, into: width)
  }

  var header: String { line(table.columns.map(\.header)) }

  func line(_ row: Int) -> String { line(table.columns.map { $0.cells.shown(row) }) }

  /// What is said of columns that have no room; nil where all have.
  var omission: String? {
    let hidden = right.lowerBound - left.upperBound
    return hidden > 0 ? "  ... \(hidden) more column\(hidden == 1 ? "" : "s") in the middle" : nil
  }

  private func line(_ texts: [String]) -> String {
    var line = ""
    func append(_ range: Range<Int>) {
      for index in range {
        let text = TextLayout.printable(texts[index])
        let gap = String(repeating: " ", count: widths[index] - text.count)
        line += "  " + (table.columns[index].cells.isNumeric ? gap + text : text + gap)
      }
    }
    append(left)
    if left.upperBound < right.lowerBound { line += "  ..." }
    append(right)
    while line.last == " " { line.removeLast() }
    return line
  }

  /// How many columns from the left and from the right have room, taken by turns.
  private static func fitting(_ widths: [Int], into width: Int?) -> (left: Range<Int>, right: Range<Int>) {
    let total = widths.reduce(0) { $0 + $1 + 2 }
    guard let width, total > width, widths.count > 2 else { return (0..<widths.count, widths.count..<widths.count) }
    var (left, right) = (1, widths.count)
    var used = widths[0] + 2 + "  ...".count
    while left < right {
      let next = widths.count - right < left ? right - 1 : left
      used += widths[next] + 2
      guard used <= width else { break }
      if next == left { left += 1 } else { right -= 1 }
    }
    return (0..<left, right..<widths.count)
  }

  /// Cells come from scripts and files: a line end would break the row, an escape could steer the terminal.
  private static func printable(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else { return text }
    return String(
      String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
  }
}
