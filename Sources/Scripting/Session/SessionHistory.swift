/// The statements that a session has run, in order, and a transcript of them where one is kept.
final class SessionHistory {
  struct Entry {
    let statement: String
    let succeeded: Bool
    /// What does the same in a script; nil for what was said to the session itself.
    let script: String?
  }

  private(set) var entries: [Entry] = []
  /// Where statements and what came of them are written as well.
  var transcript: TranscriptFile?

  /// More would hold the memory of a program that feeds a session for days.
  private static let most = 100_000

  /// - Parameter form: how Lua took the statement; nil where it did not, or was not asked.
  func append(_ statement: String, succeeded: Bool, form: StatementForm?) {
    if entries.count == Self.most { entries.removeFirst(Self.most / 10) }
    let script = statement.hasPrefix("session.") ? nil : form?.script(for: statement)
    entries.append(Entry(statement: statement, succeeded: succeeded, script: script))
  }

  /// A script that does again what succeeded.
  var script: String {
    entries.filter(\.succeeded).compactMap(\.script).map { $0 + "\n" }.joined()
  }
}
