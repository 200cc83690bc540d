import Foundation
import Scripting

/// The cases of a sweep, as `plan.json` holds them.
struct SweepPlan: Codable, Equatable {
  /// The version that planned it; another one computes other cases.
  let version: String
  let script: ScriptIdentity
  let cases: [RunCase]

  init(script: ScriptIdentity, cases: [RunCase]) {
    version = ShellVersion.current
    self.script = script
    self.cases = cases
  }

  /// - Throws: `CommandProblem` in words for the command line.
  init(in folder: String) throws(CommandProblem) {
    let path = folder + "/plan.json"
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw CommandProblem(
        "there is no plan in '\(folder)'; flnft sweep plan SCRIPT --set NAME=VALUES makes one", status: .noInput)
    }
    guard let plan = try? JSONDecoder().decode(SweepPlan.self, from: bytes) else {
      throw CommandProblem("'\(path)' is no plan of a sweep; flnft sweep plan makes one", status: .noInput)
    }
    self = plan
  }

  /// Makes the folder and writes the plan; the same plan may be written again.
  /// - Throws: `CommandProblem` where another plan stands there, `ScriptError.file`.
  func write(to folder: String) throws {
    if FileManager.default.fileExists(atPath: folder + "/plan.json"), try SweepPlan(in: folder) != self {
      throw CommandProblem(
        "'\(folder)' holds another sweep; name another folder, or remove it first", status: .outputError)
    }
    try Folder.make(folder + "/cases")
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try TextFile.write([UInt8](try encoder.encode(self)) + [10], to: folder + "/plan.json")
  }

  /// Whether the cases still mean what they meant when they were planned.
  /// - Throws: `CommandProblem` where the script has changed, is gone, or the version is another.
  func checkScript() throws(CommandProblem) {
    guard version == ShellVersion.current else {
      throw CommandProblem("the sweep was planned by flnft \(version), this is \(ShellVersion.current): plan it anew")
    }
    guard let now = try? ScriptIdentity(path: script.path, arguments: script.arguments) else {
      throw CommandProblem("cannot read '\(script.path)', the script of this sweep", status: .noInput)
    }
    guard now == script else {
      throw CommandProblem("'\(script.path)' has changed since the sweep was planned: plan it anew in another folder")
    }
  }

  func folder(of given: RunCase, in folder: String) -> RunFolder {
    RunFolder(path: "\(folder)/cases/\(given.key(of: script))")
  }

  /// The cases of one task of several: a block of neighbours, blocks as equal as can be.
  func block(_ task: Int, of tasks: Int) -> ArraySlice<RunCase> {
    cases[(task - 1) * cases.count / tasks..<task * cases.count / tasks]
  }
}
