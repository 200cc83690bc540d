import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Hands a text to the user's editor and takes it back.
struct StatementEditor {
  /// - Throws: `ScriptError` where the editor cannot be started or fails.
  func edited(_ text: String) throws -> String {
    let path = NSTemporaryDirectory() + "flnft-\(getpid()).lua"
    try TextFile.write(text + "\n", to: path)
    defer { unlink(path) }
    let variables = ProcessInfo.processInfo.environment
    let editor = [variables["VISUAL"], variables["EDITOR"]].compactMap(\.self).first { !$0.isEmpty } ?? "vi"
    // As git does it: the variable may hold options, so the shell reads it; the path comes as an argument.
    let quoted = "'" + path.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    let status = system("\(editor) \(quoted)")
    guard status == 0 else {
      throw ScriptError.invalidParameter(
        "the editor '\(editor)' did not end well", hint: "set the variable EDITOR to the editor of your choice")
    }
    let edited = String(decoding: try TextFile.bytes(of: path), as: UTF8.self)
    return edited.hasSuffix("\n") ? String(edited.dropLast()) : edited
  }
}
