import CLuaShim
import Tensor

/// `plot.network`.
enum NetworkFunction {
  /// Two names, and a weight.
  struct NamedEdge {
    var from: String
    var to: String
    var weight: Double
  }

  private static let mostNodes = 2000

  static var function: Function {
    let options = ChartOptions()
    let words = "a list of edges, each { from, to } or { from, to, weight }"
    let edges = Parameter<[NamedEdge]>(
      name: "edges", summary: "which nodes are joined, by name, and how strongly", typeName: words, unit: nil,
      domain: nil, fallback: nil, fallbackText: nil, choices: []
    ) { stack, index in try ListReader.elements(stack, index, expected: words) { try edge(stack, $0) } }
    let nodes = Parameter.strings("nodes", "their names, in the order of drawing").optional("those of the edges")
    let groups = Parameter.strings("groups", "a group for each node, which has a colour of its own", default: [])
    let positions = Parameter<Matrix>.matrix("positions", "a row { x, y } for each node").optional(
      "so that distances are like those along the edges")
    let directed = Parameter<Bool>.boolean("directed", "whether edges have heads", default: false)
    return Function(
      Signature(
        "plot.network", "Draws nodes and the edges between them, the thicker the more they weigh.",
        [edges, nodes, groups, positions, directed, options.title], result: ChartOptions.result,
        errors: ChartOptions.errors + ["NotFinite"],
        source: "E. Gansner, Y. Koren and S. North, Graph drawing by stress majorization, 2004",
        example:
          "plot.network{ edges = { { \"Ann\", \"Bob\", 3 }, { \"Bob\", \"Eve\" }, { \"Eve\", \"Ann\" } }, directed = true }"
      )
    ) { arguments in
      let edges = arguments[edges]
      var seen: Set<String> = []
      let names =
        arguments[nodes] ?? edges.flatMap { [$0.from, $0.to] }.filter { seen.insert($0).inserted }
      guard names.count <= mostNodes else {
        throw ScriptError.invalidParameter("that are \(names.count) nodes; at most \(mostNodes) are drawn")
      }
      let places = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
      let joined = try edges.map { edge in
        guard let from = places[edge.from], let to = places[edge.to] else {
          let stranger = places[edge.from] == nil ? edge.from : edge.to
          let hint = Suggestion.question(for: stranger, among: names)
          throw ScriptError.invalidParameter("an edge names '\(stranger)', which is no node", hint: hint)
        }
        return Plot.Network.Edge(from: from, to: to, weight: edge.weight)
      }
      let groups = arguments[groups]
      guard groups.isEmpty || groups.count == names.count else {
        throw ScriptError.shapeMismatch("option 'groups' has \(groups.count) names, but there are \(names.count) nodes")
      }
      var network = Plot.Network(names: names, groups: groups, edges: joined, isDirected: arguments[directed])
      if let positions = arguments[positions] {
        guard positions.rows == names.count, positions.columns == 2 else {
          throw ScriptError.shapeMismatch(
            "option 'positions' must have \(names.count) rows of 2 numbers, one for each node, got \(positions.rows) of \(positions.columns)"
          )
        }
        for index in names.indices {
          network.nodes[index].place = .init(x: positions[index, 0], y: positions[index, 1])
        }
      }
      return .object(PlotObject(Plot(.network(network), title: arguments[options.title])))
    }
  }

  private static func edge(_ stack: LuaStack, _ index: Int32) throws -> NamedEdge {
    guard stack.kind(at: index) == .table, (2...3).contains(stack.length(at: index)) else {
      throw Mismatch("{ from, to } or { from, to, weight }", stack, index)
    }
    let table = stack.absolute(index)
    func end(_ place: Int) throws -> String {
      lua_rawgeti(stack.state, table, lua_Integer(place))
      defer { stack.pop() }
      guard stack.kind(at: -1) == .string || stack.kind(at: -1) == .number else {
        throw Mismatch("the name or number of a node", stack, -1, place: "[\(place)]")
      }
      return stack.kind(at: -1) == .string ? stack.displayText(at: -1) : stack.description(at: -1)
    }
    var weight = 1.0
    if stack.length(at: table) == 3 {
      lua_rawgeti(stack.state, table, 3)
      defer { stack.pop() }
      guard stack.kind(at: -1) == .number else { throw Mismatch("a number", stack, -1, place: "[3]") }
      weight = stack.number(at: -1)
    }
    return NamedEdge(from: try end(1), to: try end(2), weight: weight)
  }
}
