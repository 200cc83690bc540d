extension TextTable {
  /// The table as text, with the middle rows left out when there are more than `maximumRows`, and the middle columns
  /// when they do not fit into `width`.
  public func text(maximumRows: Int = 40, width: Int? = nil) -> String {
    let excerpt = Excerpt(of: rowCount, most: maximumRows)
    let layout = TextLayout(self, rows: excerpt.rows, width: width) { _ in }
    var lines = (title.isEmpty ? [] : [title]) + [layout.header] + excerpt.head.map(layout.line)
    if let omission = excerpt.omission { lines.append("  " + omission) }
    lines += excerpt.tail.map(layout.line)
    if let omission = layout.omission { lines.append(omission) }
    return lines.joined(separator: "\n")
  }
}
