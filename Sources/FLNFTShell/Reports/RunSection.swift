import Core
import Foundation
import Scripting

/// What a page says of one run's folder.
extension ReportSection {
  /// - Parameters:
  ///   - withLog: what the run printed as well.
  init(of folder: RunFolder, title: String, withLog: Bool = true) throws {
    self.init(title: title)
    anchor = title.lowercased().map { $0.isLetter || $0.isNumber ? String($0) : "-" }.joined()
    let stored = folder.storedResults
    if let error = stored?["error"] {
      let lines = [error["message"]?.string ?? ""] + (error["traceback"]?.array ?? []).compactMap(\.string)
      self.error = (lines + (error["hint"]?.string.map { ["hint: \($0)"] } ?? [])).joined(separator: "\n")
    }
    if let verdict = stored?["verdict"], let word = verdict["word"]?.string {
      self.verdict = Verdict(
        word: word, reason: verdict["reason"]?.string ?? "", tone: word == "reproduced" ? "good" : "")
    }
    for place in [folder.path, folder.figures] {
      for name in Folder.files(in: place, ending: "svg") {
        figures.append(Figure(svg: try Self.svg(place + "/" + name), caption: name.withoutEnding))
      }
    }
    for place in [folder.path, folder.tables] {
      for name in Folder.files(in: place, ending: "csv") {
        guard let text = try? String(contentsOfFile: place + "/" + name, encoding: .utf8) else { continue }
        if let table = try ReportTable(name.withoutEnding, csv: text) { tables.append(table) }
      }
    }
    checks = (stored?["checks"]?.array ?? []).map {
      Check(claim: $0["claim"]?.string ?? "", fails: $0["holds"] == .bool(false))
    }
    hasChecks = !checks.isEmpty
    facts = Self.facts(stored, machine: folder)
    hasFacts = !facts.isEmpty
    if withLog, let text = try? String(contentsOfFile: folder.log, encoding: .utf8), !text.isEmpty {
      log = text.utf8.count <= 200_000 ? text : String(text.prefix(200_000)) + "\n... the rest is in log.txt"
    }
  }

  /// The drawing without the declaration that only a file of its own may have.
  private static func svg(_ path: String) throws -> String {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    guard let start = text.range(of: "<svg") else { return "" }
    return String(text[start.lowerBound...])
  }

  private static func facts(_ stored: JSON?, machine folder: RunFolder) -> [Fact] {
    var facts: [Fact] = []
    for part in ["parameters", "values"] {
      guard let members = stored?[part]?.object else { continue }
      let tables = stored?["tables"]?.array ?? []
      // What stands in a table need not stand here again.
      for (name, value) in members.sorted(by: { $0.key < $1.key }) where !tables.contains(.string(name)) {
        var text = SweepTable.text(value)
        // What was given names the case and stays as it is; what was found is for reading.
        if part == "values", case .number(let number) = value { text = NumberFormat.readable(number) }
        facts.append(Fact(name: name, value: text.count <= 400 ? text : String(text.prefix(400)) + " ..."))
      }
    }
    for (key, name) in [
      ("seed", "seed"), ("script", "script"), ("script_sha256", "SHA-256 of the script"), ("flnft", "flnft"),
    ] {
      if let value = stored?[key] { facts.append(Fact(name: name, value: SweepTable.text(value))) }
    }
    let text = FileManager.default.contents(atPath: folder.path + "/machine.json")
    if let machine = text.flatMap({ try? JSON.parse($0) }) {
      for key in ["started", "wall_seconds", "processor_seconds", "processor", "processors", "system"] {
        guard let value = machine[key] else { continue }
        facts.append(Fact(name: key.split(separator: "_").joined(separator: " "), value: SweepTable.text(value)))
      }
    }
    return facts
  }
}
