/// What to draw, told once. How it looks is up to the renderers: `TerminalPlot`, `SVGPlot`, `PNGPlot` and `VegaLitePlot`.
public struct Plot: Sendable, Equatable {
  /// What stands under the title.
  public enum Content: Sendable, Equatable {
    /// Series on two axes.
    case chart([Series])
    case heatmap(Heatmap)
    case network(Network)
    /// Several plots side by side, in so many columns.
    case facets([Plot], columns: Int)
  }

  public enum Scale: String, Sendable, CaseIterable {
    case linear, logarithmic
  }

  /// A line across the whole chart at one value of an axis.
  public struct Rule: Sendable, Equatable {
    public enum Direction: Sendable {
      /// At one place of the x axis.
      case vertical
      /// At one height of the y axis.
      case horizontal
    }

    public var name: String
    public var direction: Direction
    public var value: Double

    public init(_ name: String, _ direction: Direction, at value: Double) {
      self.name = name
      self.direction = direction
      self.value = value
    }
  }

  public var content: Content
  public var title: String
  /// The labels carry the units: `time (s)`.
  public var xLabel: String
  public var yLabel: String
  public var xScale: Scale
  public var yScale: Scale
  /// Names for the places 1, 2, 3, ... of the x axis; empty for a numeric axis.
  public var categories: [String]
  public var rules: [Rule]

  public init(
    _ content: Content, title: String = "", xLabel: String = "", yLabel: String = "",
    xScale: Scale = .linear, yScale: Scale = .linear, categories: [String] = [], rules: [Rule] = []
  ) {
    self.content = content
    self.title = title
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.xScale = xScale
    self.yScale = yScale
    self.categories = categories
    self.rules = rules
  }

  /// A chart.
  public init(
    series: [Series] = [], title: String = "", xLabel: String = "", yLabel: String = "",
    xScale: Scale = .linear, yScale: Scale = .linear, categories: [String] = [], rules: [Rule] = []
  ) {
    self.init(
      .chart(series), title: title, xLabel: xLabel, yLabel: yLabel, xScale: xScale, yScale: yScale,
      categories: categories, rules: rules)
  }

  /// The series of a chart; none of any other content.
  public var series: [Series] {
    get { if case .chart(let series) = content { series } else { [] } }
    set { content = .chart(newValue) }
  }
}
