import ArgumentParser
import Scripting

/// Opens the prompt or, when the input is not a terminal, runs what it reads.
struct Repl: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "repl", abstract: "Open a prompt (the default).")

  @OptionGroup var options: ShellOptions

  @Argument(help: .hidden)
  var words: [String] = []

  func validate() throws {
    guard let word = words.first else { return }
    if Shell.configuration.subcommands.contains(where: { $0.configuration.commandName == word }) {
      throw ValidationError("Options come after the command: flnft \(word) [<options>] ...")
    }
    throw ValidationError("There is no command '\(word)'. To run a script: flnft run \(word)")
  }

  func run() throws {
    let terminal = Terminal.current()
    let host = try Host(options, terminal: terminal, interactive: terminal.inputIsTerminal)
    guard terminal.inputIsTerminal else { throw host.finish(Pipe(host: host).run()) }
    let initFile = options.noInit ? nil : UserFiles.initFile
    throw host.finish(Prompt(host: host).start(initFile: initFile))
  }
}
