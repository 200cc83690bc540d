import Foundation

/// Files of Lua source.
enum SourceFile {
  /// - Throws: `ScriptError.file` naming the path.
  static func read(_ path: String) throws -> String {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ScriptError.file("cannot read '\(path)': there is no such file, or it may not be read")
    }
    guard var text = String(validating: data, as: UTF8.self) else {
      throw ScriptError.file("cannot run '\(path)': it is not a text in UTF-8")
    }
    // Lua's own loader skips a first line with '#', so that scripts can be made executable.
    if text.hasPrefix("#") { text = "--" + text }
    return text
  }

  static func folder(of path: String) -> String {
    let folder = (path as NSString).deletingLastPathComponent
    return folder.isEmpty ? "." : folder
  }
}
