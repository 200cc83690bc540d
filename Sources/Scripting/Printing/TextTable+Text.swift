extension TextTable {
  /// The table as text, with the middle rows left out when there are more than `maximumRows`, and the middle columns
  /// when they do not fit into `width`.
  public func text(maximumRows: Int = 40, width: Int? = nil) -> String {
    let count = rowCount
    let half = max(maximumRows / 2, 1)
    let shown = count <= maximumRows ? Array(0..<count) : Array(0..<half) + Array((count - half)..<count)
    let layout = TextLayout(self, rows: shown, width: width)
    var lines = title.isEmpty ? [] : [title]
    lines.append(layout.header)
    for (place, row) in shown.enumerated() {
      if shown.count < count, place == shown.count / 2 { lines.append("  ... \(count - shown.count) more rows") }
      lines.append(layout.line(row))
    }
    if let omission = layout.omission { lines.append(omission) }
    return lines.joined(separator: "\n")
  }
}
