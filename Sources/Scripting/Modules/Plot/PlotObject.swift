import Tensor

/// A drawing that scripts hold.
final class PlotObject: ScriptObject {
  static let typeName = "plot"
  let plot: Plot

  init(_ plot: Plot) { self.plot = plot }

  static func type(_ context: RunContext) -> ObjectType {
    ObjectType(
      PlotObject.self, "a drawing; it prints itself in the terminal", methods: [save],
      fields: [TypedField("title", "above the drawing") { .string($0.plot.title) }],
      describe: { object in
        TerminalPlot(
          width: min(context.options.width, 120), height: 15, color: context.options.color,
          unicode: context.options.unicode
        ).render(object.plot)
      })
  }

  private static var save: Function {
    let path = Parameter<String>.string(
      "path", "the file to write; its ending says how: .svg, .png or .json (Vega-Lite)")
    let width = Parameter<Int>.integer("width", "in pixels", domain: .between(160, 10_000)).optional(
      "640, and more for plots side by side")
    let height = Parameter<Int>.integer("height", "in pixels", domain: .between(120, 10_000)).optional(
      "400, and more for plots above each other")
    let scale = Parameter<Double>.number(
      "scale", "pixels of a .png for each pixel of width and height", default: 2, domain: .between(0.1, 20))
    return .method(
      Signature(
        "plot:save", "Writes the drawing as SVG, as a PNG picture, or as a Vega-Lite specification.",
        [path, width, height, scale], result: "the path",
        errors: ["FileError", "InvalidParameter", "MissingLibrary", "OutOfMemory"],
        source: "PNG: librsvg, where it is installed; Vega-Lite 5: https://vega.github.io/vega-lite",
        example: "plot.line{ y = { 1, 4, 9 } }:save(\"squares.svg\")")
    ) { (object: PlotObject, arguments) in
      let path = arguments[path]
      var document = SVGPlot(fitting: object.plot)
      document = SVGPlot(width: arguments[width] ?? document.width, height: arguments[height] ?? document.height)
      switch path.split(separator: ".").last.map(String.init) {
      case "svg": try TextFile.write(document.render(object.plot), to: path)
      case "png": try TextFile.write(try PNGPlot(document, scale: arguments[scale]).render(object.plot), to: path)
      case "json": try TextFile.write(VegaLitePlot.render(object.plot) + "\n", to: path)
      default:
        throw ScriptError.invalidParameter("'\(path)' must end in .svg, .png or .json, to say how to write it")
      }
      return .string(path)
    }
  }
}
