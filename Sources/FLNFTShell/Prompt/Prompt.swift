import Scripting

/// The conversation: read a statement, run it, show what came of it, until Ctrl-D.
final class Prompt {
  private let host: Host
  private let history: HistoryFile?
  /// The lines of a statement that is not complete yet.
  private var pending = ""

  private static let firstPrompt = "fl> "
  private static let nextPrompt = "  > "

  init(host: Host) {
    self.host = host
    history = UserFiles.historyFile.map { HistoryFile(path: $0) }
  }

  func start(initFile: String?) -> ExecutionStatus {
    if let initFile, ScriptFile.exists(initFile) {
      let status = host.runScript(initFile, arguments: [])
      if status.endsProcess { return status }
    }
    let editor = LineEditor { [self] line, cursor in complete(line, cursor: cursor) }
    for entry in history?.load() ?? [] { editor.remember(entry) }
    greet()
    return converse(editor)
  }

  private func greet() {
    let words = "flnft \(ShellVersion.current)   ?name explains, Tab completes, Ctrl-C stops, Ctrl-D leaves"
    host.output.write(host.style.dim(words) + "\n")
  }

  private func converse(_ editor: LineEditor) -> ExecutionStatus {
    while host.output.failure == nil {
      host.output.flush()
      switch editor.read(prompt: pending.isEmpty ? Prompt.firstPrompt : Prompt.nextPrompt) {
      case .end: return .succeeded
      case .interrupted: pending = ""
      case .line(let line):
        let statement = pending.isEmpty ? line : pending + "\n" + line
        if statement.isBlank { continue }
        if host.session.completeness(of: statement) == .incomplete {
          pending = statement
          continue
        }
        pending = ""
        editor.remember(statement)
        history?.append(statement)
        let status = execute(statement)
        if status.endsProcess { return status }
      }
    }
    return .succeeded
  }

  private func execute(_ statement: String) -> ExecutionStatus {
    // The window may have another size than at the last statement.
    if let width = Terminal.currentWidth { host.session.fit(width: width) }
    let start = ContinuousClock.now
    let status = host.execute(statement, name: "prompt")
    let elapsed = start.duration(to: .now)
    if elapsed > .milliseconds(100) { host.output.write(host.style.dim(ElapsedTime.describe(elapsed)) + "\n") }
    return status
  }

  /// Completes in the light of the lines before this one.
  private func complete(_ line: String, cursor: Int) -> Completion? {
    guard !pending.isEmpty else { return host.session.completion(of: line, cursor: cursor) }
    let before = pending.utf8.count + 1
    var completion = host.session.completion(of: pending + "\n" + line, cursor: before + cursor)
    guard completion.start >= before else { return nil }
    completion.start -= before
    return completion
  }
}
