import Tensor

/// `plot.heatmap`.
enum HeatmapFunction {
  static var function: Function {
    let options = ChartOptions()
    let values = Parameter<Matrix>.matrix("values", "the numbers, row by row; the first row is drawn at the top")
    let rows = Parameter.strings("rows", "names of the rows", default: [])
    let columns = Parameter.strings("columns", "names of the columns", default: [])
    let label = Parameter<String>.string("value_label", "what the numbers are, with their unit", default: "")
    let shows = Parameter<Bool>.boolean("show_values", "whether numbers stand in cells that have room", default: true)
    return Function(
      Signature(
        "plot.heatmap", "Draws a matrix as colours, from dark for its smallest number to light for its largest.",
        [values, rows, columns] + options.labels + [label, shows], result: ChartOptions.result,
        errors: ChartOptions.errors + ["NotFinite"],
        example:
          "plot.heatmap{ values = { { 3, 0 }, { 5, 1 } }, rows = { \"stay\", \"go\" }, columns = { \"stay\", \"go\" } }"
      )
    ) { arguments in
      let matrix = arguments[values]
      try check(arguments[rows], "rows", count: matrix.rows)
      try check(arguments[columns], "columns", count: matrix.columns)
      let map = Plot.Heatmap(
        values: (0..<matrix.rows).map { Array(matrix.row($0)) }, rowNames: arguments[rows],
        columnNames: arguments[columns],
        valueLabel: arguments[label], showsValues: arguments[shows])
      return .object(
        PlotObject(
          Plot(
            .heatmap(map), title: arguments[options.title], xLabel: arguments[options.xLabel],
            yLabel: arguments[options.yLabel])))
    }
  }

  private static func check(_ names: [String], _ option: String, count: Int) throws {
    guard names.isEmpty || names.count == count else {
      throw ScriptError.shapeMismatch("option '\(option)' has \(names.count) names, but values has \(count) \(option)")
    }
  }
}
