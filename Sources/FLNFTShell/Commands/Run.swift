import ArgumentParser
import Scripting

/// Runs a script, once or over the cases that its settings make.
struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a Lua script.",
    discussion: """
      Options come before the file; --set and --results may also follow it directly. All that follows is for the \
      script, which finds it in 'arg'. Settings of several values (clients=10,20 or seed=1..20) run every combination, \
      each with a folder of its own.
      """)

  @OptionGroup var options: ShellOptions

  @Option(name: .customLong("set"), help: "A value for a parameter of the script, or several; seed is the run's seed.")
  var settings: [String] = []

  @Option(help: "The folder for results, tables, figures, log, script and machine.")
  var results: String?

  @Flag(name: .shortAndLong, help: "Open a prompt afterwards, with what the script has made.")
  var interactive = false

  @Argument(help: "The script; '-' is the standard input.", completion: .file(extensions: ["lua"]))
  var file: String

  @Argument(parsing: .captureForPassthrough, help: "Arguments for the script.")
  var arguments: [String] = []

  mutating func validate() throws { try takeTrailingOptions() }

  func run() throws {
    let terminal = Terminal.current()
    throw terminal.attempt {
      let path = file == "-" ? "/dev/stdin" : file
      try ScriptFile.check(path, named: file)
      let cases = try RunCase.all(of: try settings.map { try Setting($0) }, seed: options.seed)
      if cases.count == 1 { return try runOnce(cases[0], path: path, terminal: terminal) }
      let folder = results ?? "results/" + path.lastPathComponent.withoutEnding
      return try SweepCommands.planAndRun(
        script: path, arguments: arguments, cases: cases, folder: folder, threads: options.threads, terminal: terminal)
    }
  }

  private func runOnce(_ given: RunCase, path: String, terminal: Terminal) throws -> ExitCode {
    let opensPrompt = interactive && terminal.inputIsTerminal
    var options = options
    options.seed = given.seed
    let run = try results.map { folder in
      try RecordedRun(given, of: ScriptIdentity(path: path, arguments: arguments), in: RunFolder(path: folder))
    }
    let host = try Host(options, terminal: terminal, interactive: opensPrompt, settings: given.settings, run: run)
    var status = host.runScript(path, arguments: arguments)
    if let problem = host.unusedSettings, status == .succeeded {
      terminal.complain(problem)
      status = .failed
    }
    if status == .succeeded, let claim = host.session.record.failedCheck {
      terminal.complain("a check failed: \(claim)")
      status = .failed
    }
    try run?.finish(status, record: host.session.record, threads: host.threads)
    if opensPrompt, !status.endsProcess { status = Prompt(host: host).start(initFile: nil) }
    return host.finish(status)
  }

  /// `flnft run file.lua --set clients=50`: what stands right after the file and is no word of the script's.
  private mutating func takeTrailingOptions() throws {
    while let word = arguments.first {
      if let value = try takeOption("--set", word) {
        settings.append(value)
      } else if let value = try takeOption("--results", word) {
        results = value
      } else {
        break
      }
    }
    // What follows a lone "--" is for the script, whatever it looks like.
    if arguments.first == "--" { arguments.removeFirst() }
  }

  /// The value of an option that stands first among the arguments, which it then leaves; nil where another word does.
  private mutating func takeOption(_ option: String, _ word: String) throws -> String? {
    if word.hasPrefix(option + "=") {
      arguments.removeFirst()
      return String(word.dropFirst(option.count + 1))
    }
    guard word == option else { return nil }
    guard arguments.count > 1 else { throw ValidationError("\(option) needs a value") }
    defer { arguments.removeFirst(2) }
    return arguments[1]
  }
}

extension String {
  /// Without what follows the last dot.
  var withoutEnding: String {
    guard let dot = lastIndex(of: "."), dot > startIndex else { return self }
    return String(self[..<dot])
  }
}
