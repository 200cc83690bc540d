import Core

/// What scripts do with a simulated economy.
enum EconomyMethods {
  static func type(_ context: RunContext) -> ObjectType {
    ObjectType(
      EconomyObject.self, "a simulated token economy: its columns are fields, by subset, run and step",
      methods: [summary, band, plot, save], dynamicFields: { $0.fields }, describe: { $0.text })
  }

  private static let coverage = Parameter<Double>.number(
    "coverage", "the part of the runs inside the band", default: 0.9, domain: .between(0, 1))

  private static var summary: Function {
    .method(
      Signature(
        "economy:summary", "The last week of each subset as text.", result: "a string",
        example: "print(token.simulate{ weeks = 4 }:summary())")
    ) { (economy: EconomyObject, _) in .string(economy.text) }
  }

  private static var band: Function {
    let column = Parameter<String>.string("column", "which measure")
    let subset = Parameter<Int>.integer("subset", "of the sweep", default: 1, domain: .atLeast(1))
    return .method(
      Signature(
        "economy:band", "What the runs of a subset say of a column, step by step.", [column, subset, coverage],
        result: "a result with step, mean, low, median and high as columns", errors: ["InvalidParameter"],
        example: "token.simulate{ weeks = 4, runs = 5 }:band(\"price\").median[5]")
    ) { (economy: EconomyObject, arguments) in
      let band = EconomyBand(
        try economy.courses(arguments[column], subset: arguments[subset] - 1), coverage: arguments[coverage])
      let rows = TextTable(
        "",
        [
          .init("step", .integers(Array(band.mean.indices))), .init("mean", .numbers(band.mean)),
          .init("low", .numbers(band.low)), .init("median", .numbers(band.median)), .init("high", .numbers(band.high)),
        ])
      return .object(
        ResultObject(
          "\(arguments[column]) over \(economy.runs) run\(economy.runs == 1 ? "" : "s")",
          fields: [
            "step": .integers(Array(band.mean.indices)), "mean": .numbers(band.mean), "low": .numbers(band.low),
            "median": .numbers(band.median), "high": .numbers(band.high),
          ], tables: [rows],
          pictures: [
            Picture(
              "band",
              Plot(
                series: [curve("", band, isWide: true)], title: arguments[column], xLabel: "week",
                yLabel: EconomyMeasure(rawValue: arguments[column])?.summary ?? arguments[column]))
          ]))
    }
  }

  private static var plot: Function {
    let words = "a string or a list of strings"
    let columns = Parameter<[String]>(
      name: "columns", summary: "which measures", typeName: words, unit: nil, domain: nil, fallback: ["price"],
      fallbackText: "\"price\"", choices: []
    ) { stack, index in
      if let name = stack.text(at: index) { return [name] }
      return try ListReader.elements(stack, index, expected: words) { stack.text(at: $0) }
    }
    let subset = Parameter<Int>.integer("subset", "of the sweep", domain: .atLeast(1)).optional("all of them")
    let logarithmic = Parameter<Bool>.boolean("y_log", "whether the y axis is logarithmic", default: false)
    return .method(
      Signature(
        "economy:plot", "Draws columns over the weeks: the mean of the runs, with the band that most of them keep to.",
        [columns, subset, coverage, logarithmic], list: "columns",
        result: "a plot", errors: ["InvalidParameter"],
        example: "token.simulate{ weeks = 8, runs = 3 }:plot{ \"staked_share\", \"gini\" }")
    ) { (economy: EconomyObject, arguments) in
      let subsets = arguments[subset].map { [$0 - 1] } ?? Array(0..<economy.subsetCount)
      guard subsets.count * arguments[columns].count <= 200 else {
        throw ScriptError.invalidParameter(
          "that are \(subsets.count * arguments[columns].count) curves; at most 200 are drawn")
      }
      var series: [Plot.Series] = []
      for subset in subsets {
        for column in arguments[columns] {
          let band = EconomyBand(try economy.courses(column, subset: subset), coverage: arguments[coverage])
          let label = economy.label(ofSubset: subset)
          let name =
            arguments[columns].count == 1 && !label.isEmpty
            ? label : column + (label.isEmpty || subsets.count == 1 ? "" : ", \(label)")
          series.append(curve(name, band, isWide: economy.runs > 1 && arguments[coverage] > 0))
        }
      }
      let single = arguments[columns].count == 1 ? arguments[columns][0] : ""
      return .object(
        PlotObject(
          Plot(
            series: series, title: single, xLabel: "week",
            yLabel: EconomyMeasure(rawValue: single)?.summary ?? single,
            yScale: arguments[logarithmic] ? .logarithmic : .linear)))
    }
  }

  private static func curve(_ name: String, _ band: EconomyBand, isWide: Bool) -> Plot.Series {
    let points = band.mean.indices.map { step in
      Plot.Point(
        x: Double(step), y: band.mean[step],
        interval: isWide ? .init(lower: band.low[step], upper: band.high[step]) : nil)
    }
    return Plot.Series(name: name, mark: isWide ? .band : .line, points: points)
  }

  private static var save: Function {
    let path = Parameter<String>.string("path", "the file to write; its ending says how: .csv, .jsonl or .json")
    return .method(
      Signature(
        "economy:save", "Writes all rows: simulation, subset, run, step, what was swept, and the measures.", [path],
        result: "the path", errors: ["FileError", "InvalidParameter"],
        example: "token.simulate{ weeks = 4 }:save(\"economy.csv\")")
    ) { (economy: EconomyObject, arguments) in
      let path = arguments[path]
      let text: String
      switch path.split(separator: ".").last.map(String.init) {
      case "csv": text = economy.table.csv
      case "jsonl": text = try economy.table.records.map { try JSONText.line(.record($0)) + "\n" }.joined()
      case "json": text = try JSONText.pretty(.record(economy.fields)) + "\n"
      default:
        throw ScriptError.invalidParameter("'\(path)' must end in .csv, .jsonl or .json, to say how to write it")
      }
      try TextFile.write(text, to: path)
      return .string(path)
    }
  }
}
