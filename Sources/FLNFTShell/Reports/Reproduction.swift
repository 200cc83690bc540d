import Core
import Foundation
import Scripting

/// The papers' figures and tables, each made anew by its script, and what came of it.
struct Reproduction: Codable {
  /// `quick` or `full`.
  let size: String
  /// The scripts' names, in order.
  let names: [String]

  private enum CodingKeys: CodingKey { case size, names }
  var folder = "."

  init(size: String, names: [String], folder: String) {
    self.size = size
    self.names = names
    self.folder = folder
  }

  /// - Throws: `CommandProblem` where the folder holds no reproduction.
  init(in folder: String) throws {
    guard let bytes = FileManager.default.contents(atPath: folder + "/reproduction.json"),
      let stored = try? JSONDecoder().decode(Reproduction.self, from: bytes)
    else { throw CommandProblem("'\(folder)' holds no reproduction; flnft reproduce makes one", status: .noInput) }
    self = stored
    self.folder = folder
  }

  func write() throws {
    try Folder.make(folder)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try TextFile.write([UInt8](try encoder.encode(self)) + [10], to: folder + "/reproduction.json")
  }

  func run(_ name: String) -> RunFolder { RunFolder(path: folder + "/" + name) }

  /// What is to be said of one figure, by the word its script gave and the checks that the word rests on.
  struct Verdict {
    let word: String
    let reason: String
    let isGood: Bool

    init(_ stored: JSON?) {
      let checks = stored?["checks"]?.array ?? []
      let failed = checks.first { $0["holds"] == .bool(false) && $0["published"] != .bool(true) }
      switch stored?["status"]?.string {
      case nil: self.init("not run", "", false)
      case .some where failed != nil:
        self.init("not reproduced", "this check failed: \(failed?["claim"]?.string ?? "")", false)
      case "succeeded"?:
        let verdict = stored?["verdict"]
        self.init(verdict?["word"]?.string ?? "ran", verdict?["reason"]?.string ?? "", true)
      case let status?:
        self.init(status, stored?["error"]?["message"]?.string ?? "", false)
      }
    }

    private init(_ word: String, _ reason: String, _ isGood: Bool) {
      self.word = word
      self.reason = reason
      self.isGood = isGood
    }
  }

  func verdict(of name: String) -> Verdict { Verdict(run(name).storedResults) }

  func page() throws -> ReportPage {
    let verdicts = names.map { ($0, verdict(of: $0)) }
    let summary = try ReportTable(
      "Figures and tables", header: ["script", "verdict", "why"],
      rows: verdicts.map { [$0, $1.word, $1.reason] }, links: names.map { "#" + $0 })
    let sections = try verdicts.map { name, verdict in
      var section = try ReportSection(of: run(name), title: name)
      section.anchor = name
      let tone = verdict.word == "reproduced" ? "good" : verdict.isGood ? "" : "bad"
      section.verdict = ReportSection.Verdict(word: verdict.word, reason: verdict.reason, tone: tone)
      return section
    }
    return ReportPage(
      title: "What the papers say, made anew",
      subtitle: "\(names.count) scripts, \(size) size, flnft \(ShellVersion.current)",
      summary: summary, sections: sections)
  }
}
