#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Whether a script can be read at all, asked before anything is set up to run it.
enum ScriptFile {
  /// - Parameter name: what the user called the file.
  /// - Throws: `CommandProblem` with what the system says is wrong.
  static func check(_ path: String, named name: String) throws(CommandProblem) {
    if let problem = problem(readingFrom: path) {
      throw CommandProblem("cannot read '\(name)': \(problem)", status: .noInput)
    }
  }

  private static func problem(readingFrom path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return systemMessage(errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return systemMessage(errno) }
    return status.st_mode & S_IFMT == S_IFDIR ? systemMessage(EISDIR) : nil
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  private static func systemMessage(_ code: Int32) -> String { String(cString: strerror(code)) }
}
