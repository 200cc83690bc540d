/// How a session behaves.
public struct SessionOptions: Sendable {
  /// The run's seed, from which every random stream derives.
  public var seed: UInt64 = 0
  /// How many threads train, solve and audit; results do not depend on it.
  public var threads = 1
  public var color = false
  /// The columns of the terminal.
  public var width = 80
  /// Whether the terminal shows more than ASCII.
  public var unicode = true
  public var interactive = false
  /// Whether long work draws a bar on standard error.
  public var progress = false
  /// The bytes that Lua may hold, 0 for no bound.
  public var memoryLimit = 4 << 30

  /// Whether Ctrl-C stops what runs. There is one Ctrl-C in a process, so sessions on several threads must not all
  /// take it.
  public var catchesInterrupts = true

  /// Values for the parameters that a script declares, as texts.
  public var settings: [String: String] = [:]
  /// Where tables and figures that a script keeps are written; nil for nowhere.
  public var resultFolder: String?

  public init() {}
}

/// What a session says while it works.
public enum SessionEvent {
  /// What the script printed, as it stands.
  case output(String)
  /// The value of an expression typed at the prompt.
  case result(String)
  /// A remark to the user.
  case notice(String)
  case error(SessionError)
}

public struct SessionError {
  /// One line: where, and what.
  public var message: String
  public var hint: String?
  public var traceback: [String]

  public init(message: String, hint: String?, traceback: [String]) {
    self.message = message
    self.hint = hint
    self.traceback = traceback
  }
}

public enum Completeness {
  case complete, incomplete, invalid
}

public enum ExecutionStatus: Equatable {
  case succeeded
  case failed
  case interrupted
  /// The script called os.exit.
  case exit(Int32)
}

/// Words that may stand where the cursor is.
public struct Completion {
  /// The byte at which the word to replace starts.
  public var start: Int
  public var candidates: [String]
  /// What some of them are, in a line, by candidate.
  public var notes: [String: String] = [:]

  public init(start: Int, candidates: [String], notes: [String: String] = [:]) {
    self.start = start
    self.candidates = candidates
    self.notes = notes
  }
}
