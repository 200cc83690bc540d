/// `plot.histogram` and `plot.boxplot`: how the numbers of a sample lie.
enum SampleFunctions {
  private static let values = NamedSeries.parameter(
    "values", "the sample: a list, or lists by the names of their samples")

  static var histogram: Function {
    let options = ChartOptions()
    let bins = Parameter<Int>.integer("bins", "how many", domain: .between(1, Double(Histogram.mostBins)))
      .optional("as many as the sample's size and spread ask for (Freedman and Diaconis)")
    let density = Parameter<Bool>.boolean(
      "density", "whether areas add up to 1, rather than heights to the size of the sample", default: false)
    return Function(
      Signature(
        "plot.histogram",
        "Draws how often the numbers of a sample fall into bins; several samples lie over each other.",
        [values, bins, density] + options.labels + options.scales + options.units + options.lines + [NamedSeries.order],
        result: ChartOptions.result, errors: ChartOptions.errors + ["Interrupted"],
        source: "D. Freedman and P. Diaconis, On the histogram as a density estimator, 1981",
        example: "plot.histogram{ values = { 1, 2, 2, 3, 3, 3, 4, 4, 5 }, x_label = \"bid\", x_unit = \"tokens\" }")
    ) { arguments in
      let samples = try arguments[values].ordered(arguments[NamedSeries.order]).series
      let scale: Plot.Scale = arguments[options.xLog] ? .logarithmic : .linear
      let cancellation = arguments.stack.machine.cancellation
      let edges = try Histogram.edges(
        of: samples.map(\.values), bins: arguments[bins], scale: scale, cancellation: cancellation)
      let histograms = try samples.map {
        (name: $0.name, histogram: try Histogram($0.values, edges: edges, cancellation: cancellation))
      }
      let series = histograms.map { name, histogram in
        let skipped = histogram.skippedCount
        let note = skipped == 0 ? "" : "\(skipped) without a place"
        return histogram.series(
          name: note.isEmpty ? name : name.isEmpty ? note : "\(name) (\(note))", asDensity: arguments[density])
      }
      let label =
        arguments[options.yLabel].isEmpty ? (arguments[density] ? "density" : "count") : arguments[options.yLabel]
      return .object(
        PlotObject(
          Plot(
            series: series, title: arguments[options.title],
            xLabel: ChartOptions.label(arguments[options.xLabel], unit: arguments[options.xUnit]),
            yLabel: ChartOptions.label(label, unit: arguments[options.yUnit]), xScale: scale,
            yScale: arguments[options.yLog] ? .logarithmic : .linear,
            rules: arguments[options.xLines].rules(.vertical) + arguments[options.yLines].rules(.horizontal))))
    }
  }

  static var boxplot: Function {
    let options = ChartOptions()
    return Function(
      Signature(
        "plot.boxplot",
        "Draws a box from quartile to quartile for each sample, with its median, whiskers, and the numbers beyond them.",
        [values] + options.labels + [options.yLog, options.yUnit, options.yLines, NamedSeries.order],
        result: ChartOptions.result, errors: ChartOptions.errors + ["Interrupted"],
        source: "J. W. Tukey, Exploratory Data Analysis, 1977; whiskers reach at most 1.5 times the box",
        example:
          "plot.boxplot{ values = { honest = { 4, 5, 5, 6, 9 }, shaded = { 2, 3, 3, 4, 4 } }, y_label = \"bid\" }")
    ) { arguments in
      let (series, categories) = try Plot.boxes(
        of: try arguments[values].ordered(arguments[NamedSeries.order]).series,
        cancellation: arguments.stack.machine.cancellation)
      return .object(
        PlotObject(
          Plot(
            series: [series], title: arguments[options.title], xLabel: arguments[options.xLabel],
            yLabel: ChartOptions.label(arguments[options.yLabel], unit: arguments[options.yUnit]),
            yScale: arguments[options.yLog] ? .logarithmic : .linear, categories: categories,
            rules: arguments[options.yLines].rules(.horizontal))))
    }
  }
}
