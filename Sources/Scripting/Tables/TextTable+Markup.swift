extension TextTable {
  /// How a table is written.
  enum Format: String, CaseIterable {
    case plain, markdown, latex, csv, json, jsonl
  }

  /// All rows in one of the formats.
  /// - Throws: `JSONError`.
  func text(_ format: Format) throws -> String {
    switch format {
    case .plain: text(maximumRows: .max)
    case .markdown: markdown
    case .latex: latex
    case .csv: csv
    case .json: try JSONText.pretty(.list(records.map { .record($0) })) + "\n"
    case .jsonl: try records.map { try JSONText.line(.record($0)) + "\n" }.joined()
    }
  }

  /// A table of GitHub's Markdown.
  public var markdown: String {
    func cell(_ text: String) -> String {
      text.replacing("\\", with: "\\\\").replacing("|", with: "\\|").split(whereSeparator: \.isNewline).joined(
        separator: " ")
    }
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
    var lines = [
      line(columns.map { cell($0.header) }), line(columns.map { $0.cells.isNumeric ? "---:" : ":---" }),
    ]
    for row in 0..<rowCount { lines.append(line(columns.map { cell($0.cells.shown(row)) })) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A `tabular` of LaTeX with the rules of the package booktabs.
  public var latex: String {
    func line(_ cells: [String]) -> String { "  " + cells.joined(separator: " & ") + " \\\\" }
    let alignment = columns.map { $0.cells.isNumeric ? "r" : "l" }.joined()
    var lines = [
      "% needs \\usepackage{booktabs}", "\\begin{tabular}{\(alignment)}", "  \\toprule",
      line(columns.map { TextTable.latex($0.header) }), "  \\midrule",
    ]
    for row in 0..<rowCount {
      lines.append(
        line(
          columns.map { column in
            let text = column.cells.shown(row)
            return column.cells.isNumeric ? TextTable.latexNumber(text) : TextTable.latex(text)
          }))
    }
    return (lines + ["  \\bottomrule", "\\end{tabular}"]).joined(separator: "\n") + "\n"
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
