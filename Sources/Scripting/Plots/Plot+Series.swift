extension Plot {
  /// How a series of a chart is drawn.
  public enum Mark: String, Sendable, CaseIterable {
    /// Points joined in the order given; a point that cannot be drawn leaves a gap.
    case line
    case scatter
    /// One bar a point, from zero (or, on a logarithmic axis, from the lower end) to its height.
    case bar
    /// As bars, but each stands on those of the series before it at the same place.
    case stack
    /// A line in the area between each point's lower and upper value.
    case band
    /// Bars that touch, each from one edge to the next.
    case histogram
    /// Boxes with whiskers; the points are the outliers.
    case box
  }

  public struct Point: Sendable, Equatable {
    public var x: Double
    public var y: Double
    /// The ends of a band or of an error bar.
    public var interval: Interval?

    public init(x: Double, y: Double, interval: Interval? = nil) {
      self.x = x
      self.y = y
      self.interval = interval
    }
  }

  public struct Interval: Sendable, Equatable {
    public var lower: Double
    public var upper: Double

    public init(lower: Double, upper: Double) {
      self.lower = lower
      self.upper = upper
    }
  }

  public struct Series: Sendable, Equatable {
    public var name: String
    public var mark: Mark
    public var points: [Point]
    /// Where the bars of a histogram begin and end: one more than there are points.
    public var edges: [Double]
    public var boxes: [Box]
    /// How many points a long line has between its points that no eye could see.
    public internal(set) var unseenCount = 0

    public init(name: String, mark: Mark = .line, points: [Point], edges: [Double] = [], boxes: [Box] = []) {
      self.name = name
      self.mark = mark
      self.points = points
      self.edges = edges
      self.boxes = boxes
    }

    /// A series over 1, 2, 3, ..., as Lua counts.
    public init(name: String, mark: Mark = .line, values: [Double]) {
      let points = values.enumerated().map { Point(x: Double($0.offset + 1), y: $0.element) }
      self.init(name: name, mark: mark, points: points)
    }
  }
}
