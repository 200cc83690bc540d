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
  var script: String {
    entries.filter { $0.succeeded && !$0.statement.hasPrefix("session.") }.map { $0.statement + "\n" }.joined()
  }
}
