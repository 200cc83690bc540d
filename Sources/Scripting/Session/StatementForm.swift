/// How Lua took what was typed.
enum StatementForm {
  case expression
  /// Statements with an expression under them.
  case cell(LastExpression)
  case statements
  /// Statements, the last of which is a return.
  case returning

  var isExpression: Bool { if case .expression = self { true } else { false } }

  /// What does the same in a script, where an expression may not stand alone, and statements not everywhere.
  func script(for text: String) -> String {
    switch self {
    case .expression: "_ = \(text)"
    case .cell(let cell): "do \(cell.statements)\n_ = \(cell.expression)\nend"
    case .statements: Self.script(forStatements: text)
    // The script would end here; in a function of its own the return ends what it ended.
    case .returning: ";(function()\n\(text)\nend)()"
    }
  }

  private static func script(forStatements text: String) -> String {
    // A remark at the end must not swallow what follows.
    let end = text.contains("--") ? "\n" : " "
    // A local ended with its statement, a label was known in it alone, and both must end here too.
    if text.hasPrefix("local ") || text.contains("::") { return "do \(text)\(end)end" }
    // Lua would take a bracket for arguments of what stands above.
    return text.hasPrefix("(") ? ";" + text : text
  }
}
