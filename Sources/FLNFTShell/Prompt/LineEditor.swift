import CLineEditor
import Scripting

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Reads lines with editing, history and completion where the terminal allows it.
final class LineEditor {
  enum Reading: Equatable {
    case line(String)
    case end
    case interrupted
  }

  private let editor: OpaquePointer?
  private let completer: Completer

  /// - Parameter complete: the words that may stand where the cursor (a byte offset into the line) is.
  init(complete: @escaping (_ line: String, _ cursor: Int) -> Completion?) {
    completer = Completer(complete: complete)
    editor = flnft_editor_open(LineEditor.callback, Unmanaged.passUnretained(completer).toOpaque())
  }

  deinit { flnft_editor_close(editor) }

  func read(prompt: String) -> Reading {
    guard let editor else { return .end }
    var bytes: UnsafeMutablePointer<CChar>?
    var length = 0
    // The editor keeps the prompt only until it returns.
    let reading = prompt.withCString { flnft_editor_read(editor, $0, &bytes, &length) }
    defer { free(bytes) }
    if reading == FLNFT_INTERRUPTED { return .interrupted }
    guard reading == FLNFT_LINE, let bytes else { return .end }
    return .line(String(decoding: UnsafeRawBufferPointer(start: bytes, count: length), as: UTF8.self))
  }

  func remember(_ entry: String) {
    if let editor { flnft_editor_remember(editor, entry) }
  }

  private final class Completer {
    let complete: (String, Int) -> Completion?
    init(complete: @escaping (String, Int) -> Completion?) { self.complete = complete }
  }

  private static let callback: FlnftCompleter = { context, bytes, length, cursor in
    var answer = FlnftCompletion(start: 0, replacement: nil, listing: nil)
    guard let context, let bytes else { return answer }
    let completer = Unmanaged<Completer>.fromOpaque(context).takeUnretainedValue()
    let line = String(decoding: UnsafeRawBufferPointer(start: bytes, count: length), as: UTF8.self)
    let columns = Int(flnft_terminal_columns(STDOUT_FILENO))
    let width = columns > 0 ? columns : 80
    let action = TabAction(line: line, cursor: cursor, columns: width, complete: completer.complete)
    answer.start = action.start
    answer.replacement = action.replacement.flatMap { strdup($0) }
    answer.listing = action.listing.flatMap { strdup($0) }
    return answer
  }
}
