import Core

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A network in Vega-Lite: rules, points and names in a square.
struct VegaLiteNetwork {
  private let network: Plot.Network

  init(_ network: Plot.Network) { self.network = network }

  var specification: [String: JSON] {
    let places = network.positions(aspect: 1)
    let groups = network.groups
    let edges = zip(network.edges, network.thickness).compactMap { edge, weight -> JSON? in
      guard let from = places[edge.from], let to = places[edge.to] else { return nil }
      let angle = atan2(to.x - from.x, to.y - from.y) * 180 / Double.pi
      return [
        "x": .number(from.x), "y": .number(from.y), "x2": .number(to.x), "y2": .number(to.y),
        "width": .number(0.8 + 2.7 * weight), "angle": .number(angle),
        "headX": .number(from.x + 0.85 * (to.x - from.x)), "headY": .number(from.y + 0.85 * (to.y - from.y)),
      ]
    }
    let nodes = zip(network.nodes, places).compactMap { node, place -> JSON? in
      place.map { ["x": .number($0.x), "y": .number($0.y), "name": .string(node.name), "group": .string(node.group)] }
    }
    let ends: [String: JSON] = [
      "x": axis("x"), "y": axis("y"), "x2": ["field": "x2"], "y2": ["field": "y2"],
      "strokeWidth": ["field": "width", "type": "quantitative", "scale": .null],
    ]
    var layers = [VegaLitePlot.layer(["type": "rule", "color": "#8a8a8a"], ends, edges)]
    if network.isDirected {
      let heads: [String: JSON] = [
        "x": axis("headX"), "y": axis("headY"), "angle": ["field": "angle", "type": "quantitative", "scale": .null],
      ]
      let mark: JSON = [
        "type": "point", "shape": "triangle-up", "filled": true, "size": 90, "color": "#6f6f6f", "opacity": 1,
      ]
      layers.append(VegaLitePlot.layer(mark, heads, edges))
    }
    var look: [String: JSON] = ["x": axis("x"), "y": axis("y")]
    if !groups.isEmpty {
      look["color"] = [
        "field": "group", "type": "nominal",
        "scale": [
          "domain": .array(groups.map { .string($0) }),
          "range": .array(groups.indices.map { .string(Palette.series($0)) }),
        ], "legend": ["title": .null, "orient": "top"],
      ]
    }
    let disc: JSON = ["type": "point", "filled": true, "size": 150, "opacity": 1, "color": .string(Palette.series(0))]
    layers.append(VegaLitePlot.layer(disc, look, nodes))
    let names: [String: JSON] = ["x": axis("x"), "y": axis("y"), "text": ["field": "name"]]
    if network.nodes.count <= 80 { layers.append(VegaLitePlot.layer(["type": "text", "dy": 16], names, nodes)) }
    return [
      "description": .string(network.description), "width": 420, "height": 420, "layer": .array(layers),
    ]
  }

  private func axis(_ field: String) -> JSON {
    [
      "field": .string(field), "type": "quantitative", "axis": .null,
      "scale": ["domain": [-0.08, 1.08], "nice": false],
    ]
  }
}
