import ArgumentParser
import Scripting

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A session and the terminal it speaks through.
final class Host {
  let session: Session
  let terminal: Terminal
  let output: Output
  let interactive: Bool
  /// How the shell's own words look on standard output.
  let style: TextStyle

  init(_ options: ShellOptions, terminal: Terminal, interactive: Bool) throws {
    Host.prepareProcess()
    let output = Output()
    let outputStyle = TextStyle(color: terminal.outputHasColor && !options.noColor)
    let presenter = Presenter(
      output: output, interactive: interactive, outputStyle: outputStyle,
      errorStyle: TextStyle(color: terminal.errorHasColor && !options.noColor))

    var settings = SessionOptions()
    settings.seed = options.seed
    settings.threads = options.threads ?? Terminal.processorCount
    settings.color = outputStyle.color
    settings.width = terminal.width
    settings.unicode = terminal.unicode
    settings.interactive = interactive
    settings.progress = terminal.showsProgress
    session = try Session(options: settings) { presenter.show($0) }
    self.terminal = terminal
    self.output = output
    self.interactive = interactive
    style = outputStyle
  }

  private static func prepareProcess() {
    // A reader that goes away is an error of `write`, not the end of the process in the middle of its work.
    signal(SIGPIPE, SIG_IGN)
    // A file that may not grow is an error of `write` too, which a ledger survives.
    signal(SIGXFSZ, SIG_IGN)
    // The session and the line editor each take interrupts while they work; one that falls in between is no reason
    // to end. A handler that does nothing, unlike SIG_IGN, is not passed on to programs that a script starts.
    signal(SIGINT) { _ in }
    // A descriptor that came closed would be given to the next file opened, which would then hold what is printed.
    for descriptor in 0...2 where fcntl(Int32(descriptor), F_GETFD) == -1 { _ = open("/dev/null", O_RDWR) }
  }

  func execute(_ text: String, name: String) -> ExecutionStatus {
    defer { output.flush() }
    return session.execute(text, name: name)
  }

  func runScript(_ path: String, arguments: [String]) -> ExecutionStatus {
    defer { output.flush() }
    return session.run(file: path, arguments: arguments)
  }

  /// Closes the session and says how the process ends.
  func finish(_ status: ExecutionStatus) -> ExitCode {
    session.close()
    output.flush()
    return ExitCode(output.failure?.rawValue ?? status.exitCode)
  }
}
