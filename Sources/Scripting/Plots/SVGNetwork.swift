/// A network as SVG elements: edges, nodes, names, and the groups' colours.
struct SVGNetwork {
  private let plot: Plot
  private let network: Plot.Network
  private let width: Double
  private let area: SVGChart.Area

  init(_ plot: Plot, _ network: Plot.Network, width: Double, height: Double) {
    self.plot = plot
    self.network = network
    self.width = width
    let top = (plot.title.isEmpty ? 26.0 : 48.0) + (network.groups.isEmpty ? 0 : 20)
    // Names stand under their nodes, so that the lowest needs room.
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
    for (node, place) in zip(network.nodes, places) {
      guard let place else { continue }
      elements += self.node(node, place)
    }
    elements += legend
    return SVGPlot.Drawing(
      elements: elements, description: "network: \(network.nodes.count) nodes, \(network.edges.count) edges")
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

  private func node(_ node: Plot.Network.Node, _ place: PlotLayout.Place) -> [String] {
    let group = network.groups.firstIndex(of: node.group) ?? 0
    let (x, y) = (area.x(place.x), area.y(place.y))
    let middle = #"cx="\#(SVGText.number(x))" cy="\#(SVGText.number(y))" r="\#(SVGText.number(radius))""#
    let circle = ##"<circle \##(middle) fill="\##(Palette.series(group))" stroke="#ffffff" stroke-width="1.5"/>"##
    guard network.nodes.count <= 80, !node.name.isEmpty else { return [circle] }
    // A white rim keeps the name legible over edges.
    let rim = ##" font-size="11" stroke="#ffffff" stroke-width="3" paint-order="stroke""##
    return [
      circle,
      SVGText.text(SVGText.shorten(node.name, to: 16), x: x, y: y + radius + 12, anchor: "middle", extra: rim),
    ]
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
