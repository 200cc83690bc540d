import ArgumentParser
import Foundation
import Scripting

/// Makes a page of what a run, a sweep or a reproduction left.
struct Report: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Make one self-contained HTML page of a run, a sweep or a reproduction.")

  @Option(name: .shortAndLong, help: "The file to write. (default: index.html in the folder)")
  var output: String?

  @Argument(help: "The folder that --results, a sweep or flnft reproduce has filled.", completion: .directory)
  var folder: String

  func run() throws {
    throw Terminal.current().attempt {
      let path = output ?? folder + "/index.html"
      try TextFile.write(try page().html(), to: path)
      Output.write(path + "\n", to: STDOUT_FILENO)
      return .success
    }
  }

  private func page() throws -> ReportPage {
    let files = FileManager.default
    if files.fileExists(atPath: folder + "/reproduction.json") {
      return try Reproduction(in: folder).page()
    }
    if files.fileExists(atPath: folder + "/plan.json") {
      return try SweepTable(plan: try SweepPlan(in: folder), folder: folder).page()
    }
    let run = RunFolder(path: folder)
    guard let stored = run.storedResults else {
      throw CommandProblem(
        "'\(folder)' holds no results; flnft run --results \(folder) SCRIPT, flnft sweep or flnft reproduce make some",
        status: .noInput)
    }
    let name = stored["script"]?.string?.withoutEnding ?? folder.lastPathComponent
    return ReportPage(title: name, subtitle: "one run", sections: [try ReportSection(of: run, title: "Results")])
  }
}

extension SweepTable {
  /// Figures of more cases than these would make a page that nobody can open.
  private static let mostSections = 50

  func page() throws -> ReportPage {
    let rows = rows
    let columns = columns(of: rows)
    let shown = plan.cases.prefix(Self.mostSections)
    let summary = try ReportTable(
      "All cases", header: columns, rows: rows.map { row in columns.map { Self.text(row[$0]) } },
      links: shown.map { "#" + $0.key(of: plan.script) })
    let sections = try shown.map { given in
      var section = try ReportSection(of: plan.folder(of: given, in: folder), title: given.description, withLog: false)
      section.anchor = given.key(of: plan.script)
      return section
    }
    let left = plan.cases.count - shown.count
    return ReportPage(
      title: plan.script.path.lastPathComponent.withoutEnding,
      subtitle: "a sweep of \(plan.cases.count) cases" + (left > 0 ? "; the first \(shown.count) in detail" : ""),
      summary: summary, sections: sections)
  }
}
