extension TextTable {
  /// The table as text, with the middle rows left out when there are more than `maximumRows`, and the middle columns
  /// when they do not fit into `width`.
  public func text(maximumRows: Int = 40, width: Int? = nil) -> String {
    let count = rowCount
    let half = max(maximumRows / 2, 1)
    let shown = count <= maximumRows ? Array(0..<count) : Array(0..<half) + Array((count - half)..<count)
    let cells = columns.map { column in shown.map { TextTable.printable(column.cells.shown($0)) } }
    let headers = columns.map { TextTable.printable($0.header) }
    let widths = zip(headers, cells).map { header, cells in
      cells.reduce(header.count) { max($0, $1.count) }
    }
    let (left, right) = TextTable.fitting(widths, into: width)
    func line(_ texts: [String]) -> String {
      var line = ""
      func append(_ range: Range<Int>) {
        for index in range {
          let gap = String(repeating: " ", count: widths[index] - texts[index].count)
          line += "  " + (columns[index].cells.isNumeric ? gap + texts[index] : texts[index] + gap)
        }
      }
      append(left)
      if left.upperBound < right.lowerBound { line += "  ..." }
      append(right)
      while line.last == " " { line.removeLast() }
      return line
    }
    var lines = title.isEmpty ? [] : [title]
    lines.append(line(headers))
    for row in shown.indices {
      if shown.count < count, row == shown.count / 2 { lines.append("  ... \(count - shown.count) more rows") }
      lines.append(line(cells.map { $0[row] }))
    }
    let hidden = right.lowerBound - left.upperBound
    if hidden > 0 { lines.append("  ... \(hidden) more column\(hidden == 1 ? "" : "s") in the middle") }
    return lines.joined(separator: "\n")
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
