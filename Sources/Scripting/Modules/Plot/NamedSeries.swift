import CLuaShim
import Tensor

/// Several lists of numbers by name, `{ accuracy = { ... }, loss = { ... } }`, or one without a name.
struct NamedSeries {
  var series: [(name: String, values: [Double])]

  static let words = "a list of numbers, or a table of such lists by name"

  static func parameter(_ name: String, _ summary: String) -> Parameter<NamedSeries> {
    Parameter<NamedSeries>(
      name: name, summary: summary, typeName: words, unit: nil, domain: nil, fallback: nil, fallbackText: nil,
      choices: [], read: read)
  }

  static let order = Parameter.strings("order", "the names in the order of drawing; others follow by name", default: [])

  static func read(_ stack: LuaStack, _ index: Int32) throws -> NamedSeries {
    guard stack.kind(at: index) == .table else { throw Mismatch(words, stack, index) }
    let table = stack.absolute(index)
    let keys = try TableKey.sorted(
      stack, table, skippingListOf: stack.length(at: table), cancellation: stack.machine.cancellation)
    if keys.isEmpty {
      return NamedSeries(series: [("", try ListReader.numbers(stack, table, expected: words))])
    }
    return NamedSeries(
      series: try keys.map { key in
        key.push(stack)
        let name = stack.description(at: -1)
        lua_rawget(stack.state, table)
        defer { stack.pop() }
        return (name, try ListReader.numbers(stack, stack.count, expected: "a list of numbers"))
      })
  }

  /// The same series, those named first.
  func ordered(_ names: [String]) throws -> NamedSeries {
    let known = Set(series.map(\.name))
    if let stranger = names.first(where: { !known.contains($0) }) {
      throw ScriptError.invalidParameter("option 'order' names '\(stranger)', which is no series")
    }
    return NamedSeries(series: NameOrder(names).sorted(series) { $0.name })
  }

  /// The list of the same name, which must be as long as `values`.
  func values(for name: String, count: Int, option: String) throws -> [Double]? {
    guard let found = series.first(where: { $0.name == name }) else { return nil }
    guard found.values.count == count else {
      throw ScriptError.shapeMismatch(
        "option '\(option)' has \(found.values.count) numbers\(name.isEmpty ? "" : " for '\(name)'"), but y has \(count)"
      )
    }
    return found.values
  }
}
