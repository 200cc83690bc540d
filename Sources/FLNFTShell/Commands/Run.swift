import ArgumentParser
import Scripting

/// Runs a script.
struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a Lua script.",
    discussion: "Options come before the file: all that follows it is for the script, which finds it in 'arg'.")

  @OptionGroup var options: ShellOptions

  @Flag(name: .shortAndLong, help: "Open a prompt afterwards, with what the script has made.")
  var interactive = false

  @Argument(help: "The script; '-' is the standard input.", completion: .file(extensions: ["lua"]))
  var file: String

  @Argument(parsing: .captureForPassthrough, help: "Arguments for the script.")
  var arguments: [String] = []

  func run() throws {
    let terminal = Terminal.current()
    let path = file == "-" ? "/dev/stdin" : file
    if let problem = ScriptFile.problem(readingFrom: path) {
      terminal.complain("cannot read '\(file)': \(problem)")
      throw ExitCode(ExitStatus.noInput.rawValue)
    }
    let opensPrompt = interactive && terminal.inputIsTerminal
    let host = try Host(options, terminal: terminal, interactive: opensPrompt)
    var status = host.runScript(path, arguments: arguments)
    if opensPrompt, !status.endsProcess { status = Prompt(host: host).start(initFile: nil) }
    throw host.finish(status)
  }
}
