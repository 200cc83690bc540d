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

  /// How many threads compute.
  let threads: Int

  /// - Parameters:
  ///   - settings: values for the parameters of a script.
  ///   - run: the run that keeps a log and results of what happens here.
  init(
    _ options: ShellOptions, terminal: Terminal, interactive: Bool, settings: [String: String] = [:],
    run: RecordedRun? = nil
  ) throws {
    Host.prepareProcess()
    let output = Output()
    let outputStyle = TextStyle(color: terminal.outputHasColor && !options.noColor)
    let presenter = Presenter(
      output: output, interactive: interactive, outputStyle: outputStyle,
      errorStyle: TextStyle(color: terminal.errorHasColor && !options.noColor),
      pager: interactive && terminal.outputIsTerminal && !terminal.isDumb ? Pager() : nil,
      asJSON: options.json)

    var session = SessionOptions()
    session.seed = options.seed
    session.threads = options.threads ?? Terminal.processorCount
    session.color = outputStyle.color
    session.width = terminal.width
    session.unicode = terminal.unicode
    session.interactive = interactive
    session.progress = terminal.showsProgress && !options.json
    session.givesJSON = options.json
    session.settings = settings
    session.resultFolder = run?.folder.path
    threads = session.threads
    self.session = try Session(options: session) { event in
      presenter.show(event)
      run?.log.show(event)
    }
    self.terminal = terminal
    self.output = output
    self.interactive = interactive
    style = outputStyle
  }

  private static func prepareProcess() {
    ProcessSignals.prepare()
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

  /// What is wrong where the command line sets parameters of a script that declares none.
  var unusedSettings: String? {
    guard !session.record.declaresParameters, let name = session.record.unusedSettings.first else { return nil }
    return "--set \(name): the script declares no parameters; scenario.parameters{ \(name) = ... } does"
  }

  /// Closes the session and says how the process ends.
  func finish(_ status: ExecutionStatus) -> ExitCode {
    session.close()
    output.flush()
    return ExitCode(output.failure?.rawValue ?? status.exitCode)
  }
}
