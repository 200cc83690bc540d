import Tensor

extension TextTable {
  /// How a table is written.
  enum Format: String, CaseIterable {
    case plain, markdown, latex, csv, json, jsonl
  }

  /// All rows in one of the formats.
  /// - Throws: `JSONError`, `Cancelled`.
  func text(_ format: Format, cancellation: Cancellation = .never) throws -> String {
    try pieces(format, cancellation: cancellation).string(cancellation: cancellation)
  }

  /// Writes all rows to a file, or leaves what stood there before.
  /// - Throws: `JSONError`, `ScriptError.file`, `Cancelled`.
  func save(_ format: Format, to path: String, cancellation: Cancellation) throws {
    try pieces(format, cancellation: cancellation).save(to: path, cancellation: cancellation)
  }

  private func pieces(_ format: Format, cancellation: Cancellation) throws -> TableText {
    switch format {
    case .plain: try plain(cancellation)
    case .markdown: markdown
    case .latex: latex
    case .csv: TableText(rowCount: rowCount, head: csvHeader, row: csvLine)
    case .json:
      TableText(rowCount: rowCount, head: "[", foot: rowCount == 0 ? "]\n" : "\n]\n") { row in
        let lines = try JSONText.pretty(.record(record(row, by: \.header))).split(separator: "\n")
        return (row == 0 ? "\n  " : ",\n  ") + lines.joined(separator: "\n  ")
      }
    case .jsonl:
      TableText(rowCount: rowCount, head: "") { try JSONText.line(.record(record($0, by: \.header))) + "\n" }
    }
  }

  /// As it is printed, with all of its rows.
  private func plain(_ cancellation: Cancellation) throws -> TableText {
    let layout = try TextLayout(self, rows: 0..<rowCount, width: nil) { try cancellation.check(at: $0) }
    return TableText(rowCount: rowCount, head: (title.isEmpty ? "" : title + "\n") + layout.header) {
      "\n" + layout.line($0)
    }
  }

  /// A table of GitHub's Markdown.
  private var markdown: TableText {
    func cell(_ text: String) -> String {
      text.replacing("\\", with: "\\\\").replacing("|", with: "\\|").split(whereSeparator: \.isNewline).joined(
        separator: " ")
    }
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }
    let head = line(columns.map { cell($0.header) }) + line(columns.map { $0.cells.isNumeric ? "---:" : ":---" })
    return TableText(rowCount: rowCount, head: head) { row in line(columns.map { cell($0.cells.shown(row)) }) }
  }

  /// A `tabular` of LaTeX with the rules of the package booktabs.
  private var latex: TableText {
    func line(_ cells: [String]) -> String { "  " + cells.joined(separator: " & ") + " \\\\\n" }
    let alignment = columns.map { $0.cells.isNumeric ? "r" : "l" }.joined()
    let head =
      "% needs \\usepackage{booktabs}\n\\begin{tabular}{\(alignment)}\n  \\toprule\n"
      + line(columns.map { TextTable.latex($0.header) }) + "  \\midrule\n"
    return TableText(rowCount: rowCount, head: head, foot: "  \\bottomrule\n\\end{tabular}\n") { row in
      line(
        columns.map { column in
          let text = column.cells.shown(row)
          return column.cells.isNumeric ? TextTable.latexNumber(text) : TextTable.latex(text)
        })
    }
  }

  private static func latex(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\\": result += "\\textbackslash{}"
      case "~": result += "\\textasciitilde{}"
      case "^": result += "\\textasciicircum{}"
      case "&", "%", "$", "#", "_", "{", "}": result += "\\\(character)"
      case let character where character.isNewline: result += " "
      default: result.append(character)
      }
    }
    return result
  }

  /// Minus signs, powers of ten and infinities as mathematics.
  private static func latexNumber(_ text: String) -> String {
    switch text {
    case "nan": return "--"
    case "inf": return "$\\infty$"
    case "-inf": return "$-\\infty$"
    default: break
    }
    let parts = text.split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]) else { return text.hasPrefix("-") ? "$\(text)$" : text }
    return "$\(parts[0]) \\times 10^{\(exponent)}$"
  }
}
