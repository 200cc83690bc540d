import Core

/// A heatmap in Vega-Lite.
struct VegaLiteHeatmap {
  private let plot: Plot
  private let map: Plot.Heatmap
  private let description: String

  /// More cells a side than this are told as means.
  private static let most = 100

  init(_ plot: Plot, _ map: Plot.Heatmap) {
    self.plot = plot
    description = map.description
    self.map = map.reduced(rows: VegaLiteHeatmap.most, columns: VegaLiteHeatmap.most)
  }

  var specification: [String: JSON] {
    let rows = map.values.enumerated().flatMap { row, cells in
      cells.enumerated().map { column, value -> JSON in
        let isDrawn = value.isFinite
        return [
          "row": .integer(Int64(row + 1)), "column": .integer(Int64(column + 1)),
          "value": isDrawn ? .number(value) : .null,
          "text": .string(NumberLabel.short(value)), "light": .bool(isLight(value)),
        ]
      }
    }
    var layers = [
      VegaLitePlot.layer(
        ["type": "rect", "invalid": .null],
        [
          "color": [
            "condition": ["test": "datum.value === null", "value": .string(Palette.blank)],
            "field": "value", "type": "quantitative", "scale": ["scheme": "viridis"],
            "legend": ["title": map.valueLabel.isEmpty ? .null : .string(map.valueLabel)],
          ]
        ])
    ]
    if map.showsValues, map.columns <= 12, map.rows <= 20 {
      let ink: JSON = ["condition": ["test": "datum.light", "value": "#000000"], "value": "#ffffff"]
      layers.append(VegaLitePlot.layer(["type": "text"], ["text": ["field": "text"], "color": ink]))
    }
    if map.range == nil { layers = [VegaLitePlot.nothing("nothing to draw", width: 440, height: 160)] }
    return [
      "description": .string(description), "width": 440, "height": .integer(Int64(min(max(map.rows * 30, 160), 400))),
      "data": ["values": .array(rows)],
      "layer": .array(layers),
      "encoding": [
        "x": axis("column", plot.xLabel, (0..<map.columns).map(map.columnName)),
        "y": axis("row", plot.yLabel, (0..<map.rows).map(map.rowName)),
      ],
    ]
  }

  private func isLight(_ value: Double) -> Bool {
    guard let range = map.range, let share = map.share(of: value, in: range) else { return true }
    return Palette.ramp(share).isLight
  }

  private func axis(_ field: String, _ label: String, _ names: [String]) -> JSON {
    var look = VegaLitePlot.names(names)
    look["values"] = nil
    look["labelAngle"] = 0
    look["labelOverlap"] = true
    return [
      "field": .string(field), "type": "ordinal", "axis": .object(look),
      "title": label.isEmpty ? .null : .string(label),
    ]
  }
}
