/// Statements with an expression under them, as people end the cells of a notebook. Lua has no such thing, but takes
/// the same text with a `return` in between.
struct LastExpression {
  /// The lines before the expression.
  let statements: String
  let expression: String

  /// What Lua compiles: locals of the statements are seen by the expression, and lines keep their numbers.
  var text: String { statements + "\nreturn " + expression }

  /// The ways to cut a text at a line, the shortest expressions first.
  ///
  /// No expression is taken to start with a bracket or a string: to Lua such a line goes on with the call above it.
  static func splits(of text: String) -> [LastExpression] {
    let lines = text.trimmingSpaces.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count > 1 else { return [] }
    return (max(1, lines.count - mostLines)..<lines.count).reversed().compactMap { place in
      guard let first = lines[place].first(where: { $0 != " " && $0 != "\t" }), !"({[\"'-".contains(first) else {
        return nil
      }
      return LastExpression(
        statements: lines[..<place].joined(separator: "\n"), expression: lines[place...].joined(separator: "\n"))
    }
  }

  /// Longer expressions are rare, and each place to cut costs a look by the compiler.
  private static let mostLines = 60
}
