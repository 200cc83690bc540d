/// `plot.line`, `scatter`, `bar`, `stack` and `band`: one point for each number given.
enum SeriesFunctions {
  static var all: [Function] {
    [
      drawing("line", .line, "Draws lines through points."), drawing("scatter", .scatter, "Draws points."),
      drawing("bar", .bar, "Draws bars."),
      drawing("stack", .stack, "Draws bars whose parts, one of each series, stand on each other."), band,
    ]
  }

  private static let y = NamedSeries.parameter("y", "heights: a list, or lists by the names of their series")
  private static let x = Parameter.numbers("x", "places, one for each height").optional("1, 2, 3, ...")

  private static func drawing(_ name: String, _ mark: Plot.Mark, _ summary: String) -> Function {
    let options = ChartOptions()
    let error = NamedSeries.parameter(
      "error", "how far the bar of error of each height reaches up and down; as y, by the same names"
    ).optional()
    // The parts of a stack would hide each other's bars.
    let errors: [any AnyParameter] = mark == .stack ? [] : [error]
    return Function(
      Signature(
        "plot.\(name)", summary,
        [y, x] + options.labels + options.scales + [options.categories] + errors + options.units + options.lines
          + [NamedSeries.order],
        result: ChartOptions.result, errors: ChartOptions.errors + ["Interrupted"],
        example: "plot.\(name){ y = { 1, 4, 9, 16 }, title = \"squares\" }")
    ) { arguments in
      let series = try series(arguments, mark: mark) { name, values in
        guard mark != .stack,
          let reaches = try arguments[error]?.values(for: name, count: values.count, option: "error")
        else { return nil }
        if let wrong = reaches.first(where: { $0 < 0 }) {
          throw ScriptError.invalidParameter("option 'error' must be at least 0, got \(NumberFormat.shortest(wrong))")
        }
        return zip(values, reaches).map { .init(lower: $0 - $1, upper: $0 + $1) }
      }
      let plot = options.plot(series, arguments)
      return .object(PlotObject(try plot.thinned(cancellation: arguments.stack.machine.cancellation)))
    }
  }

  private static var band: Function {
    let options = ChartOptions()
    let lower = NamedSeries.parameter("lower", "the lower end at each place; as y, by the same names")
    let upper = NamedSeries.parameter("upper", "the upper end at each place; as y, by the same names")
    return Function(
      Signature(
        "plot.band", "Draws lines, each in the area between its lower and its upper end: means and their intervals.",
        [y, lower, upper, x] + options.labels + options.scales + [options.categories] + options.units + options.lines
          + [NamedSeries.order],
        result: ChartOptions.result, errors: ChartOptions.errors + ["Interrupted"],
        example: "plot.band{ y = { 2, 3, 5 }, lower = { 1, 2, 3 }, upper = { 3, 5, 8 }, y_lines = { target = 4 } }")
    ) { arguments in
      let series = try series(arguments, mark: .band) { name, values in
        guard let low = try arguments[lower].values(for: name, count: values.count, option: "lower"),
          let high = try arguments[upper].values(for: name, count: values.count, option: "upper")
        else {
          throw ScriptError.shapeMismatch("options 'lower' and 'upper' must have the series of y, but lack '\(name)'")
        }
        return zip(low, high).map { .init(lower: $0, upper: $1) }
      }
      return .object(PlotObject(options.plot(series, arguments)))
    }
  }

  private static func series(
    _ arguments: Arguments, mark: Plot.Mark, intervals: (String, [Double]) throws -> [Plot.Interval]?
  ) throws -> [Plot.Series] {
    let places = arguments[x]
    return try arguments[y].ordered(arguments[NamedSeries.order]).series.map { name, values in
      if let places, places.count != values.count {
        throw ScriptError.shapeMismatch(
          "option 'x' has \(places.count) places, but \(name.isEmpty ? "y" : name) has \(values.count) heights")
      }
      let intervals = try intervals(name, values)
      let points = values.enumerated().map { index, value in
        Plot.Point(x: places?[index] ?? Double(index + 1), y: value, interval: intervals?[index])
      }
      return Plot.Series(name: name, mark: mark, points: points)
    }
  }
}
