import Foundation
import Scripting

/// What a run says, in a file of its own beside the terminal.
final class RunLog {
  private let file: FileHandle?
  /// The last error that the session told.
  private(set) var error: SessionError?
  private var pending = Data()
  private var isBroken = false

  /// - Throws: `ScriptError.file` where the file cannot be made.
  init(path: String) throws {
    guard FileManager.default.createFile(atPath: path, contents: nil), let file = FileHandle(forWritingAtPath: path)
    else {
      throw ScriptError.file("cannot write '\(path)'")
    }
    self.file = file
  }

  func show(_ event: SessionEvent) {
    if case .error(let error) = event { self.error = error }
    write(event.text)
  }

  private func write(_ text: String) {
    pending.append(contentsOf: text.utf8)
    if pending.count >= 65_536 { flush() }
  }

  /// A log that cannot grow any more must not stop the run; its end says so.
  private func flush() {
    guard !pending.isEmpty, !isBroken, let file else { return }
    do { try file.write(contentsOf: pending) } catch { isBroken = true }
    pending.removeAll(keepingCapacity: true)
  }

  /// Writes what is left.
  /// - Throws: `ScriptError.file` where the log could not be written whole.
  func close() throws {
    flush()
    try? file?.close()
    if isBroken { throw ScriptError.file("the log could not be written whole: is the disk full?") }
  }
}
