/// Where names stand beside the nodes of a drawing: each on the side where the fewest edges, nodes and names are in its
/// way. All lengths are in pixels, y downwards.
struct LabelPlacement {
  typealias Place = PlotLayout.Place

  struct Label: Equatable {
    let x: Double
    let y: Double
    /// SVG's word for what stands at x: the start, the middle or the end of the text.
    let anchor: String
  }

  /// The sides, the best one first where all are free.
  private enum Side: CaseIterable {
    case below, above, right, left
  }

  private struct Rectangle {
    var left: Double
    var top: Double
    var right: Double
    var bottom: Double

    func overlaps(_ other: Rectangle) -> Bool {
      left < other.right && other.left < right && top < other.bottom && other.top < bottom
    }

    /// Whether a line between two places passes through, by clipping it at each side in turn (Liang and Barsky, "A new
    /// concept and method for line clipping", 1984).
    func isCrossed(from start: Place, to end: Place) -> Bool {
      var (enter, leave) = (0.0, 1.0)
      let (dx, dy) = (end.x - start.x, end.y - start.y)
      for (step, room) in [
        (-dx, start.x - left), (dx, right - start.x), (-dy, start.y - top), (dy, bottom - start.y),
      ] {
        if step == 0 {
          if room < 0 { return false }
        } else if step < 0 {
          enter = max(enter, room / step)
        } else {
          leave = min(leave, room / step)
        }
      }
      return enter < leave
    }
  }

  private let radius: Double
  private let bounds: Rectangle
  private let nodes: [Rectangle]
  private let edges: [(from: Place, to: Place)]
  private var taken: [Rectangle] = []

  /// - Parameters:
  ///   - nodes: the middles of those that are drawn.
  ///   - edges: the ends of the lines between them.
  init(nodes: [Place], edges: [(from: Place, to: Place)], radius: Double, width: Double, height: Double) {
    self.radius = radius
    self.edges = edges
    bounds = Rectangle(left: 2, top: 2, right: width - 2, bottom: height - 2)
    self.nodes = nodes.map {
      Rectangle(left: $0.x - radius, top: $0.y - radius, right: $0.x + radius, bottom: $0.y + radius)
    }
  }

  /// The place for the name of a node, which is then taken.
  /// - Parameter width: of the text.
  mutating func place(at node: Place, width: Double) -> Label {
    let sides = Side.allCases.map { (label: label($0, node), box: box($0, node, width)) }
    let crowds = sides.map { crowd(in: $0.box) }
    let best = crowds.indices.min { (crowds[$0], $0) < (crowds[$1], $1) } ?? 0
    taken.append(sides[best].box)
    return sides[best].label
  }

  private func crowd(in box: Rectangle) -> Int {
    let isOutside =
      box.left < bounds.left || box.right > bounds.right || box.top < bounds.top || box.bottom > bounds.bottom
    // Names over names are worse than names over lines, and half a name is worst.
    return (isOutside ? 1000 : 0) + 10 * taken.count { $0.overlaps(box) } + 5 * nodes.count { $0.overlaps(box) }
      + edges.count { box.isCrossed(from: $0.from, to: $0.to) }
  }

  private func label(_ side: Side, _ node: Place) -> Label {
    switch side {
    case .below: Label(x: node.x, y: node.y + radius + 12, anchor: "middle")
    case .above: Label(x: node.x, y: node.y - radius - 5, anchor: "middle")
    case .right: Label(x: node.x + radius + 4, y: node.y + 4, anchor: "start")
    case .left: Label(x: node.x - radius - 4, y: node.y + 4, anchor: "end")
    }
  }

  private func box(_ side: Side, _ node: Place, _ width: Double) -> Rectangle {
    let label = label(side, node)
    let left =
      switch label.anchor {
      case "start": label.x
      case "end": label.x - width
      default: label.x - width / 2
      }
    // From the top of the capitals to the ends of the longest strokes below the line.
    return Rectangle(left: left, top: label.y - 9, right: left + width, bottom: label.y + 3)
  }
}
