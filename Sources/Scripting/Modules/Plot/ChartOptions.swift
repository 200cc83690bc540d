/// What stands around a plot: the options that the functions of `plot` share.
struct ChartOptions {
  let title = Parameter<String>.string("title", "above the drawing", default: "")
  let xLabel = Parameter<String>.string("x_label", "under the x axis", default: "")
  let yLabel = Parameter<String>.string("y_label", "beside the y axis", default: "")
  let xUnit = Parameter<String>.string("x_unit", "the unit of the x axis, shown in brackets", default: "")
  let yUnit = Parameter<String>.string("y_unit", "the unit of the y axis, shown in brackets", default: "")
  let xLog = Parameter<Bool>.boolean("x_log", "whether the x axis is logarithmic", default: false)
  let yLog = Parameter<Bool>.boolean("y_log", "whether the y axis is logarithmic", default: false)
  let xLines = ReferenceLines.parameter("x_lines", "values of the x axis to mark by a line")
  let yLines = ReferenceLines.parameter("y_lines", "values of the y axis to mark by a line")
  let categories = Parameter.strings("categories", "names for the places 1, 2, 3, ...", default: [])

  /// Title and labels.
  var labels: [any AnyParameter] { [title, xLabel, yLabel] }
  var units: [any AnyParameter] { [xUnit, yUnit] }
  var scales: [any AnyParameter] { [xLog, yLog] }
  var lines: [any AnyParameter] { [xLines, yLines] }

  static let result = "a plot: it prints itself, and plot:save writes SVG, PNG and Vega-Lite"
  static let errors = ["ShapeMismatch", "InvalidParameter"]

  /// A label with its unit: `time (s)`.
  static func label(_ text: String, unit: String) -> String {
    unit.isEmpty ? text : text.isEmpty ? unit : "\(text) (\(unit))"
  }

  /// A chart of these series with all of the options.
  func plot(_ series: [Plot.Series], _ arguments: Arguments) -> Plot {
    Plot(
      series: series, title: arguments[title],
      xLabel: ChartOptions.label(arguments[xLabel], unit: arguments[xUnit]),
      yLabel: ChartOptions.label(arguments[yLabel], unit: arguments[yUnit]),
      xScale: arguments[xLog] ? .logarithmic : .linear, yScale: arguments[yLog] ? .logarithmic : .linear,
      categories: arguments[categories],
      rules: arguments[xLines].rules(.vertical) + arguments[yLines].rules(.horizontal))
  }
}
