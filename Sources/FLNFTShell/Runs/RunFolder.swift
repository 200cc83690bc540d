import Core
import Foundation
import Scripting

/// The folder of one run: `results.json` (the same for the same case), `machine.json` (where, when, how long), `log.txt`,
/// `script.lua`, `tables/`, `figures/`.
struct RunFolder {
  let path: String

  var results: String { path + "/results.json" }
  var log: String { path + "/log.txt" }
  var tables: String { path + "/tables" }
  var figures: String { path + "/figures" }

  /// Makes the folder, for a case of its own or for one that it held before.
  /// - Throws: `CommandProblem` where another run's results stand there; `ScriptError.file`.
  func prepare(for given: RunCase, of script: ScriptIdentity) throws {
    if let held = storedResults, held["case"] != .string(given.key(of: script)) {
      throw CommandProblem(
        "'\(path)' holds the results of another run; name another folder, or remove it first", status: .outputError)
    }
    try Folder.make(path)
    // What an earlier run of the same case left is no part of this one's.
    for name in ["results.json", "machine.json", "log.txt", "tables", "figures"] {
      try? FileManager.default.removeItem(atPath: path + "/" + name)
    }
    try TextFile.write(try TextFile.bytes(of: script.path), to: path + "/script.lua")
  }

  /// What the run wrote when it ended; nil where it has not, or its file cannot be read.
  var storedResults: JSON? {
    guard let bytes = FileManager.default.contents(atPath: results) else { return nil }
    return try? JSON.parse(bytes)
  }

  /// The results last: where they stand, all else does.
  func finish(_ outcome: RunOutcome, _ machine: MachineDescription) throws {
    try TextFile.write(try machine.json.pretty() + "\n", to: path + "/machine.json")
    try TextFile.write(try outcome.json.pretty() + "\n", to: results)
  }
}

/// Folders on disk.
enum Folder {
  static func make(_ path: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw ScriptError.file("cannot make the folder '\(path)': \((error as NSError).localizedDescription)")
    }
  }

  /// The names of the files with this ending, sorted; none where there is no such folder.
  static func files(in path: String, ending: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter { $0.hasSuffix("." + ending) }.sorted()
  }
}
