import ArgumentParser
import Scripting

/// The command line: `flnft`, `flnft run FILE`, `flnft eval CODE`.
@main
struct Shell: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "flnft",
    abstract: "Script markets of learning models in Lua.",
    usage: """
      flnft [--seed <n>] [--threads <n>] [--no-color] [--no-init]
      flnft run [<options>] [--set <name>=<value>] [--results <folder>] <file> [<arguments> ...]
      flnft eval [<options>] <code>
      flnft sweep plan | run | status | merge
      flnft report <folder>
      flnft reproduce [--quick] [<name> ... | all]
      flnft kernel install [--user | --prefix <folder>]
      """,
    discussion: "Without a command, flnft opens a prompt; with its input from a pipe, it runs what it reads.",
    version: "flnft \(ShellVersion.current)",
    subcommands: [Repl.self, Run.self, Eval.self, Sweep.self, Report.self, Reproduce.self, Kernel.self],
    defaultSubcommand: Repl.self)
}

enum ShellVersion {
  static let current = ProductVersion.current
}
