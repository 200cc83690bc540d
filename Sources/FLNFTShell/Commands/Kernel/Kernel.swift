import ArgumentParser

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Notebooks: what makes flnft known to Jupyter, and what Jupyter starts.
struct Kernel: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kernel", abstract: "Use flnft in Jupyter notebooks.",
    subcommands: [InstallKernel.self, UninstallKernel.self, StartKernel.self], defaultSubcommand: StartKernel.self)
}

/// Runs the kernel's own executable in this process's place, so that the shell itself needs no ZeroMQ.
struct StartKernel: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "start", abstract: "Serve a notebook (Jupyter does this).", shouldDisplay: false)

  @Option(name: .shortAndLong, help: "The connection file that the front end has written.")
  var file: String?

  func run() throws {
    guard let file else { throw CleanExit.helpRequest(Kernel.self) }
    let program = OwnProgram.kernel
    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup(program), strdup(file), nil]
    defer { for argument in arguments { free(argument) } }
    execv(program, &arguments)
    let problem = errno
    let terminal = Terminal.current()
    if problem == ENOENT {
      terminal.complain("there is no kernel at \(program); build it with: scripts/build --product flnft-kernel")
    } else {
      terminal.complain("cannot start \(program): \(String(cString: strerror(problem)))")
    }
    throw ExitStatus.unavailable.code
  }
}
