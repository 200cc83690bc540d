import Core

/// Tells a plot as a Vega-Lite 5 specification, which notebooks and browsers draw
/// (https://vega.github.io/vega-lite/docs/spec.html).
public enum VegaLitePlot {
  /// The kind under which notebooks take a specification.
  public static let mediaType = "application/vnd.vegalite.v5+json"

  /// The specification as JSON on one line.
  public static func render(_ plot: Plot) -> String {
    var members = specification(plot)
    members["$schema"] = "https://vega.github.io/schema/vega-lite/v5.json"
    members["background"] = "#ffffff"
    members["config"] = [
      "axis": ["gridColor": "#e3e3e3", "domainColor": "#333333", "tickColor": "#333333", "labelColor": "#333333"],
      "view": ["stroke": .null],
    ]
    // Nothing but finite numbers goes in, the one thing that could not be written.
    return (try? JSON.object(members).compact()) ?? "{}"
  }

  static func specification(_ plot: Plot) -> [String: JSON] {
    var members: [String: JSON]
    var omission: String?
    switch plot.content {
    case .chart:
      let chart = VegaLiteChart(plot)
      members = chart.specification
      omission = chart.omission
    case .heatmap(let map):
      members = VegaLiteHeatmap(plot, map).specification
      omission = map.omission
    case .network(let network): members = VegaLiteNetwork(network).specification
    case .facets(let plots, let columns):
      let parts = plots.map(specification)
      members = [
        "description": .string(parts.compactMap { $0["description"]?.string }.joined(separator: "; ")),
        "concat": .array(parts.map { .object($0) }), "columns": .integer(Int64(max(columns, 1))),
        "resolve": ["scale": ["color": "independent"]],
      ]
    }
    if let omission {
      members["title"] = [
        "text": .string(plot.title), "subtitle": .string(omission), "subtitleColor": "#777777",
        "subtitleFontStyle": "italic",
      ]
    } else if !plot.title.isEmpty {
      members["title"] = .string(plot.title)
    }
    return members
  }

  // MARK: Words of the language

  static func layer(_ mark: JSON, _ encoding: [String: JSON], _ rows: [JSON]? = nil) -> JSON {
    var members: [String: JSON] = ["mark": mark, "encoding": .object(encoding)]
    if let rows { members["data"] = ["values": .array(rows)] }
    return .object(members)
  }

  /// Words in the middle of an empty plot.
  static func nothing(_ words: String, width: Int64, height: Int64) -> JSON {
    layer(
      ["type": "text", "text": .string(words), "color": "#777777", "fontStyle": "italic", "fontSize": 12],
      ["x": ["value": .integer(width / 2)], "y": ["value": .integer(height / 2)]], [[:]])
  }

  static func quantity(_ field: String) -> JSON { ["field": .string(field), "type": "quantitative"] }

  /// What an axis says at the places 1, 2, 3, ...: an expression that picks from a list of names.
  static func names(_ names: [String]) -> [String: JSON] {
    let list = (try? JSON.array(names.map { .string($0) }).compact()) ?? "[]"
    return [
      "values": .array(names.indices.map { .integer(Int64($0 + 1)) }), "labelExpr": .string("\(list)[datum.value - 1]"),
    ]
  }

  /// A text in an expression: JSON's strings are those of JavaScript.
  static func literal(_ text: String) -> String { (try? JSON.string(text).compact()) ?? "''" }

  static func number(_ value: Double) -> JSON { value.isFinite ? .number(value) : .null }
}
