/// What is shown of a result: a title, tables, and lines before and after them.
struct ResultSheet {
  var title: String
  /// Between the title and the tables.
  var heading: [String] = []
  var tables: [TextTable] = []
  /// Under the tables: totals, verdicts.
  var notes: [String] = []

  /// - Parameter width: columns of the terminal, into which wide tables are fitted.
  func text(width: Int? = nil) -> String {
    ([title] + heading.map { "  " + $0 } + tables.map { $0.text(width: width) } + notes.map { "  " + $0 })
      .joined(separator: "\n")
  }

  var html: String {
    func paragraph(_ line: String) -> String { "<p>\(SVGText.escape(line))</p>" }
    return
      (["<div>", paragraph(title)] + heading.map(paragraph) + tables.map { $0.html() } + notes.map(paragraph)
      + ["</div>"]).joined(separator: "\n")
  }
}
