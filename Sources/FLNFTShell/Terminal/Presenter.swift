import Scripting

/// Shows what a session reports: results on standard output, errors on standard error.
struct Presenter {
  let output: Output
  let interactive: Bool
  let outputStyle: TextStyle
  let errorStyle: TextStyle
  private let pager: Pager?
  private let asJSON: Bool

  /// - Parameters:
  ///   - pager: shows texts that are longer than the screen; nil to let them scroll by.
  ///   - asJSON: for a program that reads, lines of JSON on standard output.
  init(
    output: Output, interactive: Bool, outputStyle: TextStyle, errorStyle: TextStyle, pager: Pager? = nil,
    asJSON: Bool = false
  ) {
    self.output = output
    self.interactive = interactive
    self.outputStyle = outputStyle
    self.errorStyle = errorStyle
    self.pager = pager
    self.asJSON = asJSON
  }

  func show(_ event: SessionEvent) {
    if asJSON {
      if let line = EventLine.text(event) { output.write(line) }
      return
    }
    switch event {
    case .output(let text): write(text)
    case .errorOutput(let text): output.writeError(text)
    case .result(let value), .display(let value): write(value.text.inWholeLines)
    // What has scrolled by stays.
    case .clear: break
    case .help(let text): write(text + "\n")
    case .notice(let text):
      // A hint is for a person; in a pipe it must not stand among the results.
      if interactive {
        output.write(outputStyle.dim(text) + "\n")
      } else {
        output.writeError(errorStyle.dim(text) + "\n")
      }
    case .error(let error):
      output.flush()
      // The interrupt that stopped the script is ours: its reader has left.
      if output.failure == .brokenPipe { return }
      output.writeError(describe(error))
    }
  }

  private func write(_ text: String) {
    if let pager, Pager.isLong(text) {
      output.flush()
      if pager.show(text) { return }
    }
    output.write(text)
  }

  /// `SessionError.text`, styled.
  private func describe(_ error: SessionError) -> String {
    var lines = [errorStyle.failure("error: \(error.message)")]
    lines += error.traceback.map { errorStyle.dim("  \($0)") }
    if let hint = error.hint { lines.append("hint: \(hint)") }
    return lines.map { $0 + "\n" }.joined()
  }
}
