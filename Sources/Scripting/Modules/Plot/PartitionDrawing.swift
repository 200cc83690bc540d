import Core

/// `plot.partition`: who holds which classes.
enum PartitionDrawing {
  static var function: Function {
    let report = Parameter<ResultObject>.object("report", "whose members to draw", "a result of fl.partition")
    let title = Parameter<String>.string("title", "above the drawing", default: "labels of each member")
    return Function(
      Signature(
        "plot.partition", "Draws a bar for each member, in which each class is as high as its share of the labels.",
        [report, title], result: ChartOptions.result, errors: ["InvalidParameter"],
        example: "plot.partition{ report = fl.partition{ data = digits, clients = 8, partition = \"dirichlet\" } }")
    ) { arguments in
      guard let payload = arguments[report].payload as? PartitionPayload else {
        throw ScriptError.invalidParameter("option 'report' must be a result of fl.partition")
      }
      return .object(PlotObject(plot(payload.report, classNames: payload.classNames, title: arguments[title])))
    }
  }

  static func plot(_ report: PartitionReport, classNames: [String], title: String) -> Plot {
    let series = zip(classNames, report.classShares).map { Plot.Series(name: $0, mark: .stack, values: $1) }
    return Plot(series: series, title: title, xLabel: "member", yLabel: "share of the labels")
  }
}
