import Foundation

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The built program, and a home of its own for each test.
struct ShellProcess {
  struct Outcome {
    var status: Int32
    var output: String
    var errors: String
  }

  struct Missing: Error, CustomStringConvertible {
    let searched: [String]
    var description: String { "flnft is not beside the tests: \(searched)" }
  }

  /// The program lies beside the test bundle.
  static func executable() throws -> String {
    var folders = [URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()]
    folders += Bundle.allBundles.flatMap { [$0.bundleURL, $0.bundleURL.deletingLastPathComponent()] }
    if let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") {
      folders.append(URL(fileURLWithPath: own).deletingLastPathComponent())
    }
    let paths = folders.map { $0.appendingPathComponent("flnft").path }
    guard let path = paths.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
      throw Missing(searched: paths)
    }
    return path
  }

  /// An environment that nothing of the person who runs the tests leaks into.
  static func environment(home: String, _ changes: [String: String] = [:]) -> [String: String] {
    let base = ["PATH": "/usr/bin:/bin", "HOME": home, "TERM": "xterm", "LC_ALL": "C.UTF-8", "FLNFT_PAGER": "off"]
    var result = base.merging(changes) { $1 }
    // The loader must find the libraries that it found for the tests.
    if let libraries = ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"] { result["LD_LIBRARY_PATH"] = libraries }
    return result
  }

  /// Runs the program to its end, with its input, output and errors in files: nothing is a terminal.
  static func run(
    _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:], wrapper: String? = nil,
    within seconds: Double = 30
  ) throws -> Outcome {
    let folder = try TemporaryFolder()
    try Data(input).write(to: folder.file("input"))
    var command = [try executable()] + arguments
    if let wrapper { command = ["/bin/sh", "-c", wrapper] + command }
    var child = try ChildProcess(
      command, environment: ShellProcess.environment(home: folder.path, environment),
      files: [
        (folder.file("input").path, O_RDONLY), (folder.file("output").path, O_WRONLY | O_CREAT),
        (folder.file("errors").path, O_WRONLY | O_CREAT),
      ])
    let status = try child.end(within: seconds)
    return Outcome(
      status: status,
      output: String(decoding: try Data(contentsOf: folder.file("output")), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: folder.file("errors")), as: UTF8.self))
  }

  static func run(_ arguments: [String], input: String, environment: [String: String] = [:]) throws -> Outcome {
    try run(arguments, input: Array(input.utf8), environment: environment)
  }
}

/// A folder that goes away with its owner.
final class TemporaryFolder {
  let url: URL
  var path: String { url.path }

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("flnft-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func file(_ name: String) -> URL { url.appendingPathComponent(name) }

  /// Writes a file, with the folders above it.
  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    let place = file(name)
    try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: place)
    return place.path
  }
}
