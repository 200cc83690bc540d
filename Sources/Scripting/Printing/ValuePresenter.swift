/// Makes what is shown of a value: its text and, where the session asks for more, what a notebook draws instead.
struct ValuePresenter {
  let options: SessionOptions

  /// The values at `indices` of the stack, as one.
  func presentation(_ stack: LuaStack, _ indices: [Int32]) -> Presentation {
    var printer = ValuePrinter()
    printer.width = options.width
    // Someone looks at it: a program that reads what comes out gets all of it.
    printer.cutsLongStrings = options.interactive || options.rich
    let text = indices.map { printer.text(stack, $0) }.joined(separator: "\t")
    if options.givesJSON {
      let values = indices.map { (try? JSONText.json(stack, $0)) ?? .null }
      let value = values.count == 1 ? values[0] : .array(values)
      return Presentation(text, others: (try? value.compact()).map { [.json: $0] } ?? [:])
    }
    guard options.rich, indices.count == 1, let object = stack.object(at: indices[0]) else { return Presentation(text) }
    return Presentation(text, others: ValuePresenter.forms(of: object))
  }

  /// What there is of an object beside its text.
  private static func forms(of object: any ScriptObject) -> [Presentation.Form: String] {
    switch object {
    case let result as ResultObject: result.tables.isEmpty ? [:] : [.html: result.sheet.html]
    case let report as AuditReport: [.html: report.sheet.html]
    case let found as CounterexampleObject: found.sheet.tables.isEmpty ? [:] : [.html: found.sheet.html]
    case let frame as FrameObject: [.html: frame.table.html()]
    case let drawing as PlotObject: forms(of: drawing.plot)
    default: [:]
    }
  }

  /// A plot for a notebook. A renderer for another form is added here, and nowhere else.
  private static func forms(of plot: Plot) -> [Presentation.Form: String] {
    [.svg: SVGPlot().render(plot), .vegaLite: VegaLitePlot.render(plot)]
  }
}
