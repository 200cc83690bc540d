extension Plot {
  /// Nodes, and the edges between them.
  public struct Network: Sendable, Equatable {
    public struct Node: Sendable, Equatable {
      public var name: String
      /// Nodes of one group share a colour.
      public var group: String
      /// Where it is, in any unit, y upwards.
      public var place: Point

      public init(name: String, group: String = "", place: Point) {
        self.name = name
        self.group = group
        self.place = place
      }
    }

    public struct Edge: Sendable, Equatable {
      /// Places in the list of nodes.
      public var from: Int
      public var to: Int
      /// How thick it is, beside the others.
      public var weight: Double

      public init(from: Int, to: Int, weight: Double = 1) {
        self.from = from
        self.to = to
        self.weight = weight
      }
    }

    public var nodes: [Node]
    public var edges: [Edge]
    /// Whether edges have heads.
    public var isDirected: Bool

    public init(nodes: [Node], edges: [Edge], isDirected: Bool = false) {
      self.nodes = nodes
      self.edges = edges.filter { nodes.indices.contains($0.from) && nodes.indices.contains($0.to) }
      self.isDirected = isDirected
    }

    /// A network whose nodes are put where `StressLayout` finds room for them.
    public init(names: [String], groups: [String] = [], edges: [Edge], isDirected: Bool = false) {
      let places = StressLayout.places(count: names.count, edges: edges.map { ($0.from, $0.to) })
      let nodes = names.indices.map { index in
        Node(name: names[index], group: index < groups.count ? groups[index] : "", place: places[index])
      }
      self.init(nodes: nodes, edges: edges, isDirected: isDirected)
    }

    /// What it shows, for those who cannot see it.
    var description: String { "network: \(nodes.count) nodes, \(edges.count) edges" }

    /// The groups, in the order in which they come; none when no node has one.
    var groups: [String] {
      var seen: Set<String> = []
      return nodes.map(\.group).filter { !$0.isEmpty && seen.insert($0).inserted }
    }

    /// The places of the nodes between 0 and 1, in both directions by one measure when `aspect`, the width of the
    /// drawing over its height, says how to keep angles; nil for a node that has no place.
    func positions(aspect: Double) -> [PlotLayout.Place?] {
      let seen = nodes.map(\.place).filter { Axis.canDraw($0.x, scale: .linear) && Axis.canDraw($0.y, scale: .linear) }
      guard let left = seen.map(\.x).min(), let right = seen.map(\.x).max(), let bottom = seen.map(\.y).min(),
        let top = seen.map(\.y).max()
      else { return nodes.map { _ in nil } }
      let unit = max((right / 2 - left / 2) / aspect, top / 2 - bottom / 2)
      guard unit > 0 else { return nodes.map { _ in .init(x: 0.5, y: 0.5) } }
      return nodes.map { node in
        guard Axis.canDraw(node.place.x, scale: .linear), Axis.canDraw(node.place.y, scale: .linear) else { return nil }
        let (x, y) = (node.place.x / 2 - left / 4 - right / 4, node.place.y / 2 - bottom / 4 - top / 4)
        return .init(x: 0.5 + x / unit / aspect, y: 0.5 + y / unit)
      }
    }

    /// Each weight as a share of the largest, for the thickness of its edge.
    var thickness: [Double] {
      let weights = edges.map { $0.weight.isFinite ? max($0.weight, 0) : 0 }
      let largest = weights.max() ?? 0
      return weights.map { largest > 0 ? $0 / largest : 1 }
    }
  }
}
