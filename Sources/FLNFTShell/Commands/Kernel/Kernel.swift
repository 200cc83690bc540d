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
    let program = KernelExecutable.path
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
    throw ExitCode(ExitStatus.unavailable.rawValue)
  }
}

/// Where the programs of this build lie.
enum KernelExecutable {
  /// The kernel, beside this program.
  static var path: String { folder + "/flnft-kernel" }

  /// This program, as another process can start it.
  static var shell: String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    #if canImport(Darwin)
      var size = UInt32(buffer.count)
      var own = [CChar](repeating: 0, count: buffer.count)
      guard _NSGetExecutablePath(&own, &size) == 0, realpath(own, &buffer) != nil else { return fallback }
    #else
      guard realpath("/proc/self/exe", &buffer) != nil else { return fallback }
    #endif
    return buffer.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? fallback }
  }

  private static var fallback: String { CommandLine.arguments[0] }

  private static var folder: String {
    shell.lastIndex(of: "/").map { String(shell[..<$0]) } ?? "."
  }
}
