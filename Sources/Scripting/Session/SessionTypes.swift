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
  /// Who hears of long work instead: any thread may tell, about twice a second.
  public var progressListener: (@Sendable (ProgressReport) -> Void)?
  /// Whether results and displays carry more forms than text: tables as HTML, plots as images. It costs time.
  public var rich = false
  /// Whether the expression at the end of several statements is shown, as in the cells of a notebook.
  public var showsLastExpression = false
  /// Whether io.stdout, io.stderr and io.stdin are the session's events and input instead of the process's files.
  public var ownsStandardFiles = false
  /// The bytes that Lua may hold, 0 for no bound.
  public var memoryLimit = 4 << 30

  /// Whether Ctrl-C stops what runs. There is one Ctrl-C in a process, so sessions on several threads must not all
  /// take it.
  public var catchesInterrupts = true
  /// Whether the third Ctrl-C within seconds ends the process, for work that nothing else stops.
  public var endsOnThirdInterrupt = true

  /// Whether values come as JSON too, where JSON can say them.
  public var givesJSON = false

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
  /// What it wrote to io.stderr, where the session owns that file.
  case errorOutput(String)
  /// The value of an expression typed at the prompt.
  case result(Presentation)
  /// A value that the script shows on its way.
  case display(Presentation)
  /// What has been shown so far should go, at once or when something else comes.
  case clear(wait: Bool)
  /// The answer to a question such as `?fl.federation`.
  case help(String)
  /// A remark to the user.
  case notice(String)
  case error(SessionError)
}

extension SessionEvent {
  /// What a file that keeps a session's words holds of it: what a script printed as it stands, all else in whole lines.
  public var text: String {
    switch self {
    case .output(let text), .errorOutput(let text): text
    case .result(let value), .display(let value): value.text.inWholeLines
    case .help(let text), .notice(let text): text.inWholeLines
    case .clear: ""
    case .error(let error): error.text
    }
  }
}

extension String {
  /// With a line break at the end, if it has none.
  public var inWholeLines: String { hasSuffix("\n") ? self : self + "\n" }
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
