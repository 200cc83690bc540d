import CLineEditor

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Shows a text that is longer than the screen, page by page.
struct Pager {
  /// What the system's shell runs; nil where nothing fits or the user wants none.
  private let command: String?

  /// `FLNFT_PAGER`, then `PAGER`, then less; "cat" or "off" for none.
  init() {
    let named = Terminal.environment("FLNFT_PAGER") ?? Terminal.environment("PAGER")
    switch named {
    case "cat"?, "off"?: command = nil
    case let named?: command = named
    // Ends by itself where the text fits after all, keeps colours, leaves the text on the screen.
    case nil: command = Self.isInstalled("less") ? "less -RFX" : nil
    }
  }

  /// Whether a text is too long for the screen by more than a few lines.
  static func isLong(_ text: String) -> Bool {
    let rows = Int(flnft_terminal_rows(STDOUT_FILENO))
    guard rows > 0 else { return false }
    return text.utf8.count { $0 == UInt8(ascii: "\n") } > rows
  }

  /// - Returns: false where no pager could show it.
  func show(_ text: String) -> Bool {
    guard let command, let pipe = popen(command, "w") else { return false }
    var text = text
    text.withUTF8 { bytes in _ = fwrite(bytes.baseAddress, 1, bytes.count, pipe) }
    // A reader who leaves early breaks the pipe, which is not an error; 127 means that there is no such program.
    return (pclose(pipe) >> 8) & 0xff != 127
  }

  private static func isInstalled(_ program: String) -> Bool {
    (Terminal.environment("PATH") ?? "").split(separator: ":").contains { access("\($0)/\(program)", X_OK) == 0 }
  }
}
