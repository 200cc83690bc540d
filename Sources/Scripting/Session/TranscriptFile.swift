import Foundation

/// A text file that grows with a session: what was typed after "fl> ", and what was printed.
final class TranscriptFile {
  let path: String
  private let file: FileHandle

  /// - Throws: `ScriptError.file` where the file cannot be made.
  init(path: String) throws {
    try TextFile.write("", to: path)
    guard let file = FileHandle(forWritingAtPath: path) else { throw ScriptError.file("cannot write '\(path)'") }
    self.path = path
    self.file = file
  }

  deinit { try? file.close() }

  func statement(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    write("fl> " + lines.joined(separator: "\n  > ") + "\n")
  }

  func show(_ event: SessionEvent) { write(event.text) }

  /// A disk that is full must not end the session.
  private func write(_ text: String) { try? file.write(contentsOf: Data(text.utf8)) }
}
