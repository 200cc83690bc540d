import ArgumentParser

/// What every command takes.
struct ShellOptions: ParsableArguments {
  @Option(help: "The seed of everything random.")
  var seed: UInt64 = 0

  @Option(help: "How many threads compute; the results do not depend on it. (default: all cores)")
  var threads: Int?

  @Flag(help: "Print without colours, as with the variable NO_COLOR.")
  var noColor = false

  @Flag(help: "Start without the init file.")
  var noInit = false

  @Flag(help: "Print everything that happens as lines of JSON, for other programs.")
  var json = false

  static let mostThreads = 1024

  func validate() throws {
    if let threads, !(1...ShellOptions.mostThreads).contains(threads) {
      throw ValidationError("--threads is \(threads); it must be from 1 to \(ShellOptions.mostThreads)")
    }
  }
}
