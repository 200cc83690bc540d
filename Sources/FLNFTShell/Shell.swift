import ArgumentParser

/// The command line: `flnft`, `flnft run FILE`, `flnft eval CODE`.
@main
struct Shell: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "flnft",
    abstract: "Script markets of learning models in Lua.",
    usage: """
      flnft [--seed <n>] [--threads <n>] [--no-color] [--no-init]
      flnft run [<options>] <file> [<arguments> ...]
      flnft eval [<options>] <code>
      """,
    discussion: "Without a command, flnft opens a prompt; with its input from a pipe, it runs what it reads.",
    version: "flnft \(ShellVersion.current)",
    subcommands: [Repl.self, Run.self, Eval.self],
    defaultSubcommand: Repl.self)
}

enum ShellVersion {
  static let current = "0.1.0"
}
