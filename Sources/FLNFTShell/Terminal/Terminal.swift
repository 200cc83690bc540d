import CLineEditor

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What the process is connected to, and what may be shown there.
struct Terminal {
  var inputIsTerminal: Bool
  var outputIsTerminal: Bool
  var errorIsTerminal: Bool
  /// The columns of the terminal; 80 where there is none.
  var width: Int
  /// The environment names a UTF-8 locale.
  var unicode: Bool
  /// Neither `NO_COLOR` (no-color.org) nor a terminal that knows no escape codes.
  var allowsColor: Bool
  var isDumb: Bool

  static func current() -> Terminal {
    let name = environment("TERM") ?? "dumb"
    return Terminal(
      inputIsTerminal: isatty(STDIN_FILENO) == 1,
      outputIsTerminal: isatty(STDOUT_FILENO) == 1,
      errorIsTerminal: isatty(STDERR_FILENO) == 1,
      width: currentWidth ?? 80,
      unicode: namesUnicode(environment("LC_ALL") ?? environment("LC_CTYPE") ?? environment("LANG") ?? ""),
      allowsColor: environment("NO_COLOR") == nil && name != "dumb",
      isDumb: name == "dumb")
  }

  /// The columns of the terminal as it stands now; nil where there is none.
  static var currentWidth: Int? {
    let columns = Int(flnft_terminal_columns(STDOUT_FILENO))
    return columns > 0 ? columns : nil
  }

  var outputHasColor: Bool { outputIsTerminal && allowsColor }
  var errorHasColor: Bool { errorIsTerminal && allowsColor }
  var showsProgress: Bool { errorIsTerminal && !isDumb }

  /// Writes a message of the shell itself to standard error.
  func complain(_ message: String) {
    let text = TextStyle(color: errorHasColor).failure("flnft: \(message)") + "\n"
    Output.write(text, to: STDERR_FILENO)
  }

  static var processorCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// A variable of the environment that is set and not empty.
  static func environment(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }

  static func namesUnicode(_ locale: String) -> Bool {
    let name = locale.lowercased()
    return name.hasSuffix("utf-8") || name.hasSuffix("utf8") || name.contains("utf-8@") || name.contains("utf8@")
  }
}
