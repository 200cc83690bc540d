import ArgumentParser
import Scripting

/// Runs a piece of code given on the command line.
struct Eval: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "eval", abstract: "Run Lua code and print its value.")

  @OptionGroup var options: ShellOptions

  @Argument(help: "The code.")
  var code: String

  func run() throws {
    let host = try Host(options, terminal: .current(), interactive: false)
    throw host.finish(host.execute(code, name: "eval"))
  }
}
