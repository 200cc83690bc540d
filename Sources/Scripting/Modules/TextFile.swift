import Core
import Foundation

/// Files that results are saved to: any but those of ledgers, which nothing is written over.
public enum TextFile {
  /// Writes the whole text or nothing.
  /// - Throws: `ScriptError.file` naming the path and what stood in the way.
  public static func write(_ text: String, to path: String) throws {
    try write(Array(text.utf8), to: path)
  }

  /// - Throws: as above.
  public static func write(_ bytes: [UInt8], to path: String) throws {
    try checkMayBeWritten(path)
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw ScriptError.file("cannot write '\(path)': \(reason(error))")
    }
  }

  /// Writes what comes in pieces, or nothing: the file is there, under its name, when the last piece is.
  ///
  /// - Parameter body: is given what writes a piece; what it throws is thrown on.
  /// - Throws: as above.
  static func write(to path: String, _ body: ((String) throws -> Void) throws -> Void) throws {
    try checkMayBeWritten(path)
    let scratch = path + ".part"
    /// What the file system refuses, told from what the body throws.
    func asked<Value>(_ act: () throws -> Value) throws -> Value {
      do { return try act() } catch { throw ScriptError.file("cannot write '\(path)': \(reason(error))") }
    }
    try asked { try Data().write(to: URL(fileURLWithPath: scratch)) }
    do {
      let file = try asked { try FileHandle(forWritingTo: URL(fileURLWithPath: scratch)) }
      defer { try? file.close() }
      try body { piece in try asked { try file.write(contentsOf: Data(piece.utf8)) } }
      try asked { try file.synchronize() }
      guard rename(scratch, path) == 0 else {
        let code = errno
        throw ScriptError.file("cannot write '\(path)': \(String(cString: strerror(code)))")
      }
    } catch {
      try? FileManager.default.removeItem(atPath: scratch)
      throw error
    }
  }

  /// The whole file.
  /// - Throws: `ScriptError.file` naming the path and what stood in the way.
  public static func bytes(of path: String) throws -> [UInt8] {
    try check(path, "read")
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      throw ScriptError.file("cannot read '\(path)': it is a folder")
    }
    do {
      return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw ScriptError.file("cannot read '\(path)': \(reason(error))")
    }
  }

  /// The system's paths end at the first NUL: the file would be another one than was named.
  private static func check(_ path: String, _ act: String) throws {
    guard !path.isEmpty else { throw ScriptError.file("cannot \(act) '': the path is empty") }
    guard !path.utf8.contains(0) else { throw ScriptError.file("cannot \(act) '\(path)': a path holds no NUL") }
  }

  /// Results come again when they are asked for; the books do not.
  private static func checkMayBeWritten(_ path: String) throws {
    try check(path, "write")
    guard !Ledger.isPart(path) else {
      throw ScriptError.file("cannot write '\(path)': it is a ledger, or part of one; choose another path")
    }
  }

  private static func reason(_ error: any Error) -> String {
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError ?? error as NSError
    if underlying.domain == NSPOSIXErrorDomain { return String(cString: strerror(Int32(underlying.code))) }
    switch (error as? CocoaError)?.code {
    case .fileNoSuchFile?: return "there is no such folder"
    case .fileReadNoSuchFile?: return "there is no such file"
    case .fileWriteNoPermission?: return "it may not be written"
    default: return error.localizedDescription
    }
  }
}
