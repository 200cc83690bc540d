/// A network as lines of characters: edges in dots, nodes by their names.
struct TerminalNetwork {
  private let plot: Plot
  private let network: Plot.Network
  private let terminal: TerminalPlot

  init(_ plot: Plot, _ network: Plot.Network, _ terminal: TerminalPlot) {
    self.plot = plot
    self.network = network
    self.terminal = terminal
  }

  var lines: [String] {
    let (columns, rows) = (terminal.columns, terminal.rows)
    var canvas = DotCanvas(columns: columns, rows: rows, style: terminal.unicode ? .braille : .ascii)
    // A character is about twice as high as it is wide; names need room at both sides.
    let side = min(10, columns / 6)
    let inner = Double(columns - 2 * side) / Double(columns)
    let aspect = Double(columns) * inner / Double(2 * rows)
    let places = network.positions(aspect: aspect).map { place in
      place.map { PlotLayout.Place(x: (1 - inner) / 2 + $0.x * inner, y: 0.04 + 0.92 * $0.y) }
    }
    for edge in network.edges {
      guard let from = places[edge.from], let to = places[edge.to] else { continue }
      canvas.faintLine(from: canvas.dot(at: from), to: canvas.dot(at: to))
    }
    for (node, place) in zip(network.nodes, places) {
      guard let place else { continue }
      write(node, at: canvas.dot(at: place), on: &canvas)
    }
    var lines: [String] = []
    if !plot.title.isEmpty { lines.append(terminal.centred(plot.title, columns: columns, margin: 0)) }
    lines += (0..<rows).map { terminal.content(canvas, row: $0) }
    for (index, group) in network.groups.enumerated() {
      let sign = String(sign(index))
      let shown = terminal.color ? TerminalPlot.colorCode(index) + sign + TerminalPlot.plain : sign
      lines.append("\(shown) \(terminal.printable(group))")
    }
    let ways = network.isDirected ? "arrows" : "edges"
    return lines + ["\(network.nodes.count) nodes, \(network.edges.count) \(ways)"] + heaviest
  }

  /// Its sign, and its name to the right of it, or to the left where the drawing ends.
  private func write(_ node: Plot.Network.Node, at dot: (x: Int, y: Int), on canvas: inout DotCanvas) {
    let owner = network.groups.firstIndex(of: node.group) ?? 0
    let wide = terminal.unicode ? 2 : 1
    canvas.write(sign(owner), x: dot.x, y: dot.y, owner: owner)
    guard network.nodes.count <= 60 else { return }
    let name = Array(terminal.printable(node.name).prefix(12))
    let column = dot.x / wide
    let start = column + 1 + name.count <= canvas.columns ? column + 1 : column - name.count
    for (offset, letter) in name.enumerated() where (0..<canvas.columns).contains(start + offset) {
      canvas.write(letter, x: (start + offset) * wide, y: dot.y, owner: owner)
    }
  }

  private func sign(_ group: Int) -> Character {
    terminal.unicode ? Array("●■▲◆")[group % 4] : TerminalPlot.sign(group)
  }

  /// What the thickness of a line would say: the heaviest edges, where edges differ.
  private var heaviest: [String] {
    guard Set(network.edges.map(\.weight)).count > 1 else { return [] }
    let sorted = network.edges.enumerated().filter { $0.element.weight.isFinite }.sorted {
      ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset)
    }
    return sorted.prefix(3).map { _, edge in
      let (from, to) = (network.nodes[edge.from].name, network.nodes[edge.to].name)
      let way = network.isDirected ? (terminal.unicode ? "→" : "->") : (terminal.unicode ? "–" : "-")
      return "\(terminal.printable(from)) \(way) \(terminal.printable(to))  \(NumberLabel.short(edge.weight))"
    }
  }
}
