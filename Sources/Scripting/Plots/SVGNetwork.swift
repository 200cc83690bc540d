/// A network as SVG elements: edges, nodes, names, and the groups' colours.
struct SVGNetwork {
  private let plot: Plot
  private let network: Plot.Network
  private let width: Double
  private let height: Double
  private let area: SVGChart.Area

  init(_ plot: Plot, _ network: Plot.Network, width: Double, height: Double) {
    self.plot = plot
    self.network = network
    self.width = width
    self.height = height
    let top = (plot.title.isEmpty ? 26.0 : 48.0) + (network.groups.isEmpty ? 0 : 20)
    // Names may stand under their nodes, so that the lowest needs room.
    area = SVGChart.Area(left: 60, top: top, width: width - 120, height: height - top - 40)
  }

  var drawing: SVGPlot.Drawing {
    var elements = SVGPlot.title(plot, middle: width / 2, width: width)
    let places = network.positions(aspect: area.width / area.height)
    let weights = network.thickness
    if network.nodes.isEmpty { elements.append(SVGPlot.nothing("no nodes", x: area.x(0.5), y: area.y(0.5))) }
    for (edge, weight) in zip(network.edges, weights) {
      guard let from = places[edge.from], let to = places[edge.to] else { continue }
      elements += line(from, to, weight: weight)
    }
    let drawn = places.map { place in place.map { PlotLayout.Place(x: area.x($0.x), y: area.y($0.y)) } }
    for (node, place) in zip(network.nodes, drawn) {
      if let place { elements.append(circle(node, place)) }
    }
    // Names come last, so that no node hides a part of one.
    elements += names(drawn) + legend
    return SVGPlot.Drawing(elements: elements, description: network.description)
  }

  private var radius: Double { network.nodes.count <= 40 ? 7 : network.nodes.count <= 150 ? 4.5 : 2.5 }

  private func line(_ from: PlotLayout.Place, _ to: PlotLayout.Place, weight: Double) -> [String] {
    let (x1, y1, x2, y2) = (area.x(from.x), area.y(from.y), area.x(to.x), area.y(to.y))
    let length = ((x2 - x1) * (x2 - x1) + (y2 - y1) * (y2 - y1)).squareRoot()
    guard length > 2 * radius else { return [] }
    let (ux, uy) = ((x2 - x1) / length, (y2 - y1) / length)
    let pen = #" stroke-width="\#(SVGText.number(0.8 + 2.7 * weight))" stroke-opacity="0.75""#
    guard network.isDirected else { return [SVGText.line(x1, y1, x2, y2, stroke: "#8a8a8a", extra: pen)] }
    // The line ends at the edge of the node, where its head is; a little to the right, so that two ways do not hide
    // each other.
    let head = 7.0 + 2 * weight
    let (sx, sy) = (-uy * 2.5, ux * 2.5)
    let (tipX, tipY) = (x2 - ux * (radius + 1) + sx, y2 - uy * (radius + 1) + sy)
    let (baseX, baseY) = (tipX - ux * head, tipY - uy * head)
    func point(_ x: Double, _ y: Double) -> String { "\(SVGText.number(x)),\(SVGText.number(y))" }
    let corners = [
      point(tipX, tipY), point(baseX - uy * head / 2.4, baseY + ux * head / 2.4),
      point(baseX + uy * head / 2.4, baseY - ux * head / 2.4),
    ]
    return [
      SVGText.line(x1 + sx, y1 + sy, baseX, baseY, stroke: "#8a8a8a", extra: pen),
      ##"<polygon points="\##(corners.joined(separator: " "))" fill="#6f6f6f"/>"##,
    ]
  }

  private func circle(_ node: Plot.Network.Node, _ place: PlotLayout.Place) -> String {
    let group = network.groups.firstIndex(of: node.group) ?? 0
    let middle = #"cx="\#(SVGText.number(place.x))" cy="\#(SVGText.number(place.y))" r="\#(SVGText.number(radius))""#
    return ##"<circle \##(middle) fill="\##(Palette.series(group))" stroke="#ffffff" stroke-width="1.5"/>"##
  }

  private func names(_ places: [PlotLayout.Place?]) -> [String] {
    guard network.nodes.count <= 80 else { return [] }
    let edges = network.edges.compactMap { edge -> (from: PlotLayout.Place, to: PlotLayout.Place)? in
      guard let from = places[edge.from], let to = places[edge.to] else { return nil }
      return (from, to)
    }
    var placement = LabelPlacement(
      nodes: places.compactMap { $0 }, edges: edges, radius: radius, width: width, height: height)
    // A white rim keeps a name legible where an edge is in its way all the same.
    let rim = ##" font-size="11" stroke="#ffffff" stroke-width="3" paint-order="stroke""##
    return zip(network.nodes, places).compactMap { node, place in
      guard let place, !node.name.isEmpty else { return nil }
      let name = SVGText.shorten(node.name, to: 16)
      let label = placement.place(at: place, width: SVGText.width(name.count) * 11 / 12)
      return SVGText.text(name, x: label.x, y: label.y, anchor: label.anchor, extra: rim)
    }
  }

  private var legend: [String] {
    var x = 24.0
    let y = plot.title.isEmpty ? 18.0 : 40.0
    return network.groups.enumerated().flatMap { index, group -> [String] in
      guard x < width - 60 else { return [] }
      let place = #"cx="\#(SVGText.number(x))" cy="\#(SVGText.number(y))""#
      let name = SVGText.shorten(group)
      defer { x += 30 + SVGText.width(name.count) }
      return [
        #"<circle \#(place) r="5.00" fill="\#(Palette.series(index))"/>"#,
        SVGText.text(name, x: x + 11, y: y + 4, anchor: "start"),
      ]
    }
  }
}
