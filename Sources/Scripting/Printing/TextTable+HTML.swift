extension TextTable {
  /// The table as HTML, with numbers to the right and the middle rows left out when there are more than `maximumRows`.
  public func html(maximumRows: Int = 40) -> String {
    let excerpt = Excerpt(of: rowCount, most: maximumRows)
    var lines = ["<table>"]
    if !title.isEmpty { lines.append("<caption>\(SVGText.escape(title))</caption>") }
    lines.append("<thead>" + row("th", columns.map(\.header)) + "</thead>")
    lines.append("<tbody>")
    lines += excerpt.head.map { index in row("td", columns.map { $0.cells.shown(index) }) }
    if let omission = excerpt.omission {
      lines.append(#"<tr><td colspan="\#(columns.count)">\#(omission)</td></tr>"#)
    }
    lines += excerpt.tail.map { index in row("td", columns.map { $0.cells.shown(index) }) }
    lines += ["</tbody>", "</table>"]
    return lines.joined(separator: "\n")
  }

  /// Notebooks have style sheets of their own, which align everything alike: only the cells themselves can differ.
  private func row(_ element: String, _ texts: [String]) -> String {
    let cells = zip(columns, texts).map { column, text in
      let side = column.cells.isNumeric ? "right" : "left"
      return #"<\#(element) style="text-align: \#(side)">\#(SVGText.escape(text))</\#(element)>"#
    }
    return "<tr>" + cells.joined() + "</tr>"
  }
}
