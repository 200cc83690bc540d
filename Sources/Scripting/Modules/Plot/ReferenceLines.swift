import CLuaShim

/// Values of an axis that are marked across the whole chart.
struct ReferenceLines {
  var lines: [(name: String, value: Double)]

  private static let words = "a number, a list of numbers, or numbers by name"

  static func parameter(_ name: String, _ summary: String) -> Parameter<ReferenceLines> {
    Parameter<ReferenceLines>(
      name: name, summary: summary, typeName: words, unit: nil, domain: nil, fallback: ReferenceLines(lines: []),
      fallbackText: "none", choices: [], read: read)
  }

  private static func read(_ stack: LuaStack, _ index: Int32) throws -> ReferenceLines {
    if stack.kind(at: index) == .number { return ReferenceLines(lines: [("", stack.number(at: index))]) }
    guard stack.kind(at: index) == .table else { throw Mismatch(words, stack, index) }
    let table = stack.absolute(index)
    let keys = TableKey.sorted(stack, table, skippingListOf: stack.length(at: table))
    guard !keys.isEmpty else {
      return ReferenceLines(lines: try ListReader.numbers(stack, table, expected: words).map { ("", $0) })
    }
    return ReferenceLines(
      lines: try keys.map { key in
        key.push(stack)
        let name = stack.description(at: -1)
        lua_rawget(stack.state, table)
        defer { stack.pop() }
        guard stack.kind(at: -1) == .number else { throw Mismatch("a number", stack, -1, place: "['\(name)']") }
        return (name, stack.number(at: -1))
      })
  }

  func rules(_ direction: Plot.Rule.Direction) -> [Plot.Rule] {
    lines.map { Plot.Rule($0.name, direction, at: $0.value) }
  }
}
