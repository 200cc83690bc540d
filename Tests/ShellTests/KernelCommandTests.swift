import Foundation
import Testing

/// How flnft becomes known to Jupyter.
@Suite struct KernelCommandTests {
  @Test func itIsInstalledAndRemoved() throws {
    let folder = try TemporaryFolder()
    let prefix = folder.path + "/with spaces"
    let outcome = try ShellProcess.run(["kernel", "install", "--prefix", prefix, "--interrupt-mode", "signal"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let file = URL(fileURLWithPath: prefix + "/share/jupyter/kernels/flnft/kernel.json")
    let json = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
    let command = try #require(json?["argv"] as? [String])
    #expect(command[0].hasPrefix("/") && FileManager.default.isExecutableFile(atPath: command[0]))
    #expect(Array(command.dropFirst()) == ["kernel", "-f", "{connection_file}"])
    #expect(json?["interrupt_mode"] as? String == "signal")
    #expect(json?["language"] as? String == "lua")
    #expect(try ShellProcess.run(["kernel", "uninstall", "--prefix", prefix]).status == 0)
    #expect(!FileManager.default.fileExists(atPath: file.deletingLastPathComponent().path))
    let again = try ShellProcess.run(["kernel", "uninstall", "--prefix", prefix])
    #expect(again.status == 1 && again.errors.contains("there is no kernel"))
  }

  @Test func theUsersFolderIsTheDefault() throws {
    let folder = try TemporaryFolder()
    let place = ["JUPYTER_DATA_DIR": folder.path]
    #expect(try ShellProcess.run(["kernel", "install"], environment: place).status == 0)
    #expect(FileManager.default.fileExists(atPath: folder.path + "/kernels/flnft/kernel.json"))
  }

  /// A shell without a kernel beside it says how to get one.
  @Test func aMissingKernelIsSaid() throws {
    // A second name for the program, in a folder where it is alone; a link needs the same file system.
    let program = URL(fileURLWithPath: try ShellProcess.executable())
    let folder = program.deletingLastPathComponent().appendingPathComponent("alone-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.linkItem(at: program, to: folder.appendingPathComponent("flnft"))
    for arguments in ["kernel install --prefix .", "kernel -f connection.json"] {
      let outcome = try ShellProcess.run(
        [], environment: ["FOLDER": folder.path], wrapper: "cd \"$FOLDER\" && exec ./flnft \(arguments)")
      #expect(outcome.status == 69)
      #expect(outcome.errors.contains("scripts/build --product flnft-kernel"))
    }
  }

  @Test func whatCannotBeIsSaid() throws {
    let forbidden = try ShellProcess.run(["kernel", "install", "--prefix", "/dev/null"])
    #expect(forbidden.status == 1 && forbidden.errors.contains("cannot write to /dev/null"))
    #expect(try ShellProcess.run(["kernel", "install", "--user", "--prefix", "/tmp"]).status == 64)
    let broken = try ShellProcess.run(["kernel", "-f", "/nowhere/connection.json"])
    #expect(broken.status == 66 && broken.errors.contains("/nowhere/connection.json"))
  }
}
