/// A drawing that scripts hold.
final class PlotObject: ScriptObject {
  static let typeName = "plot"
  let plot: Plot

  init(_ plot: Plot) { self.plot = plot }

  static func type(_ context: RunContext) -> ObjectType {
    let path = Parameter<String>.string("path", "the file to write, ending in .svg")
    let width = Parameter<Int>.integer("width", "in pixels", default: 640, domain: .between(160, 10_000))
    let height = Parameter<Int>.integer("height", "in pixels", default: 400, domain: .between(120, 10_000))
    return ObjectType(
      PlotObject.self, "a drawing; it prints itself in the terminal",
      methods: [
        .method(
          Signature(
            "plot:save", "Writes the drawing as an SVG file.", [path, width, height], result: "the path",
            errors: ["FileError", "InvalidParameter"], example: "plot.line{ y = { 1, 4, 9 } }:save(\"squares.svg\")")
        ) { (object: PlotObject, arguments) in
          let path = arguments[path]
          guard path.hasSuffix(".svg") else {
            throw ScriptError.invalidParameter("'\(path)' must end in .svg, to say how to write it")
          }
          try TextFile.write(
            SVGPlot(width: arguments[width], height: arguments[height]).render(object.plot), to: path)
          return .string(path)
        }
      ],
      fields: [TypedField("title", "above the drawing") { .string($0.plot.title) }],
      describe: { object in
        TerminalPlot(
          width: min(context.options.width, 100), height: 15, color: context.options.color,
          unicode: context.options.unicode
        ).render(object.plot)
      })
  }
}
