/// The statements that a session has run, in order, and a transcript of them where one is kept.
final class SessionHistory {
  struct Entry {
    let statement: String
    let succeeded: Bool
  }

  private(set) var entries: [Entry] = []
  /// Where statements and what came of them are written as well.
  var transcript: TranscriptFile?

  /// More would hold the memory of a program that feeds a session for days.
  private static let most = 100_000

  func append(_ statement: String, succeeded: Bool) {
    if entries.count == Self.most { entries.removeFirst(Self.most / 10) }
    entries.append(Entry(statement: statement, succeeded: succeeded))
  }

  /// A script that does again what succeeded, but for what was said to the session itself.
  /// - Parameter isStatement: whether a text stands in a script as it is; what does not was an expression.
  func script(isStatement: (String) -> Bool) -> String {
    entries.filter { $0.succeeded && !$0.statement.hasPrefix("session.") }.map { entry in
      if !isStatement(entry.statement) { return "_ = \(entry.statement)\n" }
      // A local ended with its statement, and must end here too.
      return entry.statement.hasPrefix("local ") ? "do \(entry.statement) end\n" : entry.statement + "\n"
    }.joined()
  }
}
