import ArgumentParser
import Core
import Foundation

/// Tells Jupyter how to start flnft.
struct InstallKernel: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "install", abstract: "Make flnft known to Jupyter, for this user unless a prefix is given.")

  @OptionGroup var place: KernelPlace

  @Option(help: "How a front end stops a cell: \(InterruptMode.allCases.map(\.rawValue).joined(separator: " or ")).")
  var interruptMode = InterruptMode.message

  enum InterruptMode: String, ExpressibleByArgument, CaseIterable {
    case message, signal
  }

  func run() throws {
    let terminal = Terminal.current()
    guard FileManager.default.isExecutableFile(atPath: OwnProgram.kernel) else {
      terminal.complain(
        "there is no kernel at \(OwnProgram.kernel); build it with: scripts/build --product flnft-kernel")
      throw ExitStatus.unavailable.code
    }
    let folder = place.folder
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data((specification.pretty() + "\n").utf8).write(to: folder.appendingPathComponent("kernel.json"))
    } catch {
      terminal.complain("cannot write to \(folder.path): \(error.localizedDescription)")
      throw ExitStatus.failure.code
    }
    print("installed the kernel 'flnft' in \(folder.path)")
  }

  private var specification: JSON {
    .object([
      "argv": .array([OwnProgram.shell, "kernel", "-f", "{connection_file}"].map { .string($0) }),
      "display_name": .string("flnft"), "language": .string("lua"),
      "interrupt_mode": .string(interruptMode.rawValue), "metadata": .object([:]),
    ])
  }
}

/// Makes Jupyter forget it.
struct UninstallKernel: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "uninstall", abstract: "Remove what 'flnft kernel install' wrote.")

  @OptionGroup var place: KernelPlace

  func run() throws {
    let folder = place.folder
    let terminal = Terminal.current()
    guard FileManager.default.fileExists(atPath: folder.appendingPathComponent("kernel.json").path) else {
      terminal.complain("there is no kernel 'flnft' in \(folder.path)")
      throw ExitStatus.failure.code
    }
    do {
      try FileManager.default.removeItem(at: folder)
    } catch {
      terminal.complain("cannot remove \(folder.path): \(error.localizedDescription)")
      throw ExitStatus.failure.code
    }
    print("removed the kernel 'flnft' from \(folder.path)")
  }
}

/// Where Jupyter looks for kernels.
struct KernelPlace: ParsableArguments {
  @Flag(help: "For this user alone (the default).")
  var user = false

  @Option(help: "The folder of an environment, such as $VIRTUAL_ENV, or /usr/local for everyone.")
  var prefix: String?

  func validate() throws {
    if user, prefix != nil { throw ValidationError("Either --user or --prefix, not both.") }
  }

  var folder: URL { data.appendingPathComponent("kernels/flnft", isDirectory: true) }

  private var data: URL {
    if let prefix {
      return URL(fileURLWithPath: prefix, isDirectory: true).appendingPathComponent("share/jupyter", isDirectory: true)
    }
    if let path = Terminal.environment("JUPYTER_DATA_DIR") { return URL(fileURLWithPath: path, isDirectory: true) }
    let home = FileManager.default.homeDirectoryForCurrentUser
    #if canImport(Darwin)
      return home.appendingPathComponent("Library/Jupyter", isDirectory: true)
    #else
      let base = Terminal.environment("XDG_DATA_HOME").map { URL(fileURLWithPath: $0, isDirectory: true) }
      return (base ?? home.appendingPathComponent(".local/share", isDirectory: true))
        .appendingPathComponent("jupyter", isDirectory: true)
    #endif
  }
}
