/// Where the shell keeps what belongs to its user (XDG Base Directory Specification).
enum UserFiles {
  static var initFile: String? { path("XDG_CONFIG_HOME", default: ".config", "init.lua") }

  /// Nil when `FLNFT_HISTORY` is "off".
  static var historyFile: String? {
    Terminal.environment("FLNFT_HISTORY") == "off" ? nil : path("XDG_STATE_HOME", default: ".local/state", "history")
  }

  private static func path(_ variable: String, default folder: String, _ name: String) -> String? {
    // The specification has relative paths in these variables ignored.
    if let base = Terminal.environment(variable), base.hasPrefix("/") { return "\(base)/flnft/\(name)" }
    return Terminal.environment("HOME").map { "\($0)/\(folder)/flnft/\(name)" }
  }
}
