/// Frames as text, as files, as drawings.
extension FrameMethods {
  static var writing: [Function] { [text, save, plot] }

  private static var text: Function {
    let format = Parameter<TextTable.Format>.choice("format", "how to write it", default: .plain)
    return .method(
      Signature(
        "frame:text", "All rows as text.", [format], result: "a string", errors: ["NotFinite", "Interrupted"],
        example: "print(\(sample):text(\"markdown\"))")
    ) { (frame: FrameObject, arguments) in
      .string(try frame.table.text(arguments[format], cancellation: arguments.stack.machine.cancellation))
    }
  }

  private static var save: Function {
    let path = Parameter<String>.string(
      "path", "the file to write; its ending says how: .csv, .json, .jsonl, .md (Markdown) or .tex (LaTeX)")
    return .method(
      Signature(
        "frame:save", "Writes all rows to a file.", [path], result: "the path",
        errors: ["FileError", "InvalidParameter", "NotFinite", "Interrupted"], example: "\(sample):save(\"table.csv\")")
    ) { (frame: FrameObject, arguments) in
      let path = arguments[path]
      let formats: [String: TextTable.Format] = [
        "csv": .csv, "json": .json, "jsonl": .jsonl, "md": .markdown, "tex": .latex,
      ]
      guard let format = path.split(separator: ".").last.flatMap({ formats[String($0)] }) else {
        throw ScriptError.invalidParameter(
          "'\(path)' must end in .csv, .json, .jsonl, .md or .tex, to say how to write it")
      }
      try frame.table.save(format, to: path, cancellation: arguments.stack.machine.cancellation)
      return .string(path)
    }
  }

  private enum Drawing: String, CaseIterable {
    case line, scatter, bar, stack
  }

  private static var plot: Function {
    let x = Parameter<String>.string("x", "the column of the places, or of their names").optional("1, 2, 3, ...")
    let y = Parameter.strings("y", "the columns of the heights").optional("all columns of numbers but x")
    let mark = Parameter<Drawing>.choice("mark", "what is drawn", default: .line)
    let xLog = Parameter<Bool>.boolean("x_log", "whether the x axis is logarithmic", default: false)
    let yLog = Parameter<Bool>.boolean("y_log", "whether the y axis is logarithmic", default: false)
    return .method(
      Signature(
        "frame:plot", "Draws columns over another one.", [x, y, mark, xLog, yLog], result: ChartOptions.result,
        errors: ["InvalidParameter"], example: "\(sample):plot{ x = \"kind\", y = { \"price\" }, mark = \"bar\" }")
    ) { (frame: FrameObject, arguments) in
      let table = frame.table
      let across = try arguments[x].map { table.columns[try table.place(of: $0)] }
      let names =
        arguments[y] ?? table.columns.filter { $0.cells.isNumeric && $0.header != across?.header }.map(\.header)
      let columns = try names.map { table.columns[try table.place(of: $0)] }
      let places = across?.cells.doubles
      let series = try columns.map { column -> Plot.Series in
        guard let heights = column.cells.doubles else {
          throw ScriptError.invalidParameter("column '\(column.header)' holds words, which have no height")
        }
        let points = heights.enumerated().map { index, height in
          Plot.Point(x: places?[index] ?? Double(index + 1), y: height)
        }
        return Plot.Series(
          name: columns.count == 1 ? "" : column.header, mark: Plot.Mark(rawValue: arguments[mark].rawValue) ?? .line,
          points: points)
      }
      var categories: [String] = []
      if case .text(let words) = across?.cells { categories = words }
      return .object(
        PlotObject(
          Plot(
            series: series, title: table.title, xLabel: across?.header ?? "",
            yLabel: columns.count == 1 ? columns[0].header : "", xScale: arguments[xLog] ? .logarithmic : .linear,
            yScale: arguments[yLog] ? .logarithmic : .linear, categories: categories)))
    }
  }
}
