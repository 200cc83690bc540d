/// How Lua took what was typed.
enum StatementForm {
  case expression
  /// Statements with an expression under them.
  case cell(LastExpression)
  case statements

  var isExpression: Bool { if case .expression = self { true } else { false } }

  /// What does the same in a script, where an expression may not stand alone.
  func script(for text: String) -> String {
    switch self {
    case .expression: "_ = \(text)"
    case .cell(let cell): "do \(cell.statements)\n_ = \(cell.expression)\nend"
    // A local ended with its statement, and must end here too; a remark at its end must not swallow that.
    case .statements: text.hasPrefix("local ") ? "do \(text)\(text.contains("--") ? "\n" : " ")end" : text
    }
  }
}
