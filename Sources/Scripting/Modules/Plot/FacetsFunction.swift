/// `plot.facets`.
enum FacetsFunction {
  private static let most = 100

  static var function: Function {
    let options = ChartOptions()
    let words = "a list of plots"
    let plots = Parameter<[Plot]>(
      name: "plots", summary: "what to draw, row by row", typeName: words, unit: nil, domain: nil, fallback: nil,
      fallbackText: nil, choices: []
    ) { stack, index in
      try ListReader.elements(stack, index, expected: words) { element in
        guard let object = stack.object(at: element) as? PlotObject else { throw Mismatch("a plot", stack, element) }
        return object.plot
      }
    }
    let columns = Parameter<Int>.integer("columns", "how many stand side by side", default: 2, domain: .between(1, 20))
    return Function(
      Signature(
        "plot.facets", "Puts several plots side by side.", [plots, columns, options.title], list: "plots",
        result: ChartOptions.result, errors: ["InvalidParameter"],
        example: "plot.facets{ plot.line{ y = { 1, 2, 4 } }, plot.bar{ y = { 3, 1 } }, columns = 2, title = \"both\" }")
    ) { arguments in
      let plots = arguments[plots]
      guard plots.count <= most else {
        throw ScriptError.invalidParameter("that are \(plots.count) plots; at most \(most) stand side by side")
      }
      for plot in plots {
        if case .facets = plot.content { throw ScriptError.invalidParameter("facets cannot stand within facets") }
      }
      return .object(PlotObject(Plot(.facets(plots, columns: arguments[columns]), title: arguments[options.title])))
    }
  }
}
