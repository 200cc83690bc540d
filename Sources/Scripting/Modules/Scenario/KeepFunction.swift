import CLuaShim
import Core
import Foundation

/// `scenario.keep`: values, tables and figures by name, in the run's record and its folder.
struct KeepFunction {
  let context: RunContext
  private var record: RunRecord { context.record }

  var function: Function {
    let results = Parameter<LuaValue>.any("results", "values by name: numbers, texts, tables, results, plots")
    return .raw(
      Signature(
        "scenario.keep",
        "Keeps results by name: in the run's folder a plot is a figure, a result or an audit a table, all else a value.",
        [results], result: "nothing", errors: ["InvalidParameter", "FileError"],
        example: "scenario.keep{ accuracy = 97.4, curve = plot.line{ y = { 1, 4, 9 } } }")
    ) { stack in
      guard stack.count == 1, stack.kind(at: 1) == .table, stack.length(at: 1) == 0 else {
        throw ScriptError.invalidParameter(
          "results are given by name, as in { accuracy = 97.4, members = fed:members() }")
      }
      for key in TableKey.sorted(stack, 1, skippingListOf: 0) {
        key.push(stack)
        let name = stack.description(at: -1)
        lua_rawget(stack.state, 1)
        defer { stack.pop() }
        try keep(stack, stack.count, as: name)
      }
      return []
    }
  }

  private func keep(_ stack: LuaStack, _ index: Int32, as name: String) throws {
    // The name becomes a file's.
    guard name.wholeMatch(of: /[A-Za-z0-9_][A-Za-z0-9_. \-]{0,79}/) != nil else {
      throw ScriptError.invalidParameter(
        "'\(name)' is no name for a result: at most 80 letters, digits, '_', '-', '.' and spaces")
    }
    switch stack.object(at: index) {
    case let drawing as PlotObject:
      try write(SVGPlot().render(drawing.plot), to: "figures", name + ".svg")
      record.figures.insert(name)
    case let result as ResultObject:
      if let rows = result.savedRows {
        try write(rows.csv, to: "tables", name + ".csv")
        record.tables.insert(name)
      }
      record.values[name] = JSONText.json(.object(result))
    case let report as AuditReport:
      try write(report.verdicts(detail: "found").csv, to: "tables", name + ".csv")
      record.tables.insert(name)
      record.values[name] = JSONText.json(.record(report.saved))
    case let frame as FrameObject:
      try write(frame.table.text(.csv), to: "tables", name + ".csv")
      record.tables.insert(name)
    case .some, .none: record.values[name] = try JSONText.json(stack, index)
    }
  }

  private func write(_ text: String, to part: String, _ file: String) throws {
    guard let folder = record.folder else { return }
    let place = folder + "/" + part
    do {
      try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    } catch {
      throw ScriptError.file("cannot make the folder '\(place)'")
    }
    try TextFile.write(text, to: place + "/" + file)
  }
}
