/// Draws a plot as an SVG document: the same bytes for the same plot, on every machine.
public struct SVGPlot: Sendable {
  /// The size of the whole drawing, in pixels.
  public var width: Int
  public var height: Int

  public init(width: Int = 640, height: Int = 400) {
    self.width = min(max(width, 160), 10_000)
    self.height = min(max(height, 120), 10_000)
  }

  /// As large as is comfortable for this plot: facets need room for each.
  public init(fitting plot: Plot) {
    guard case .facets(let plots, let columns) = plot.content, !plots.isEmpty else {
      self.init()
      return
    }
    let across = min(max(columns, 1), plots.count)
    self.init(width: max(640, 400 * across), height: 40 + 280 * ((plots.count + across - 1) / across))
  }

  public func render(_ plot: Plot) -> String {
    let drawing = SVGPlot.drawing(plot, width: Double(width), height: Double(height))
    let size = #"width="\#(width)" height="\#(height)" viewBox="0 0 \#(width) \#(height)""#
    let lines =
      [
        #"<svg xmlns="http://www.w3.org/2000/svg" \#(size) role="img">"#,
        "<title>\(SVGText.escape(plot.title.isEmpty ? "Plot" : plot.title))</title>",
        "<desc>\(SVGText.escape(drawing.description))</desc>",
        ##"<rect width="100%" height="100%" fill="#ffffff"/>"##,
        ##"<g font-family="Helvetica, Arial, sans-serif" font-size="12" fill="#333333">"##,
      ] + drawing.elements + ["</g>", "</svg>"]
    return lines.map { $0 + "\n" }.joined()
  }

  /// A part of a document: its elements, and what they show, for those who cannot see it.
  struct Drawing {
    var elements: [String]
    var description: String
  }

  static func drawing(_ plot: Plot, width: Double, height: Double) -> Drawing {
    switch plot.content {
    case .chart: SVGChart(plot, width: width, height: height).drawing
    case .heatmap(let map): SVGHeatmap(plot, map, width: width, height: height).drawing
    case .network(let network): SVGNetwork(plot, network, width: width, height: height).drawing
    case .facets(let plots, let columns): facets(plot, plots, columns: columns, width: width, height: height)
    }
  }

  /// Each plot in a field of its own, row by row.
  private static func facets(_ plot: Plot, _ plots: [Plot], columns: Int, width: Double, height: Double) -> Drawing {
    let across = min(max(columns, 1), max(plots.count, 1))
    let down = max((plots.count + across - 1) / across, 1)
    let top = plot.title.isEmpty ? 0.0 : 32.0
    let (fieldWidth, fieldHeight) = (max(width / Double(across), 100), max((height - top) / Double(down), 90))
    var drawing = Drawing(elements: title(plot, middle: width / 2, width: width), description: "")
    var descriptions: [String] = []
    for (index, facet) in plots.enumerated() {
      let field = SVGPlot.drawing(facet, width: fieldWidth, height: fieldHeight)
      let (x, y) = (Double(index % across) * fieldWidth, top + Double(index / across) * fieldHeight)
      drawing.elements.append(#"<g transform="translate(\#(SVGText.number(x)) \#(SVGText.number(y)))">"#)
      drawing.elements += field.elements + ["</g>"]
      descriptions.append((facet.title.isEmpty ? "" : facet.title + ": ") + field.description)
    }
    drawing.description = descriptions.joined(separator: "; ")
    return drawing
  }

  /// The title, cut where it would not fit.
  static func title(_ plot: Plot, middle: Double, width: Double) -> [String] {
    guard !plot.title.isEmpty else { return [] }
    let room = max(Int(2 * min(middle, width - middle) / 8), 8)
    let bold = #" font-size="15" font-weight="bold""#
    return [
      SVGText.text(SVGText.shorten(plot.title, to: room), x: middle, y: 22, anchor: "middle", extra: bold)
    ]
  }

  /// The room of a note under a drawing.
  static let noteHeight = 16.0

  /// A remark in the lower right corner, as small as it is important.
  static func note(_ words: String?, width: Double, height: Double) -> [String] {
    guard let words else { return [] }
    let look = ##" font-size="11" fill="#777777" font-style="italic""##
    return [SVGText.text(words, x: width - 18, y: height - 6, anchor: "end", extra: look)]
  }

  static func nothing(_ words: String, x: Double, y: Double) -> String {
    SVGText.text(words, x: x, y: y, anchor: "middle", extra: ##" fill="#777777" font-style="italic""##)
  }
}
