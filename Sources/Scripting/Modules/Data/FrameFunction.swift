import CLuaShim

/// `data.frame`: a table from lists of Lua.
enum FrameFunction {
  /// Columns as they were read.
  struct NamedColumns {
    var columns: [(name: String, cells: TextTable.Column.Cells)]
  }

  static var function: Function {
    let columns = Parameter<NamedColumns>(
      name: "columns", summary: "lists of one length, by the names of their columns",
      typeName: "a table of lists of numbers or of strings, by name", unit: nil, domain: nil, fallback: nil,
      fallbackText: nil, choices: [], read: readColumns
    ).optional()
    let rows = Parameter<NamedColumns>(
      name: "rows", summary: "or the rows: tables of one number or string for each column",
      typeName: "a list of tables, each with the same names", unit: nil, domain: nil, fallback: nil,
      fallbackText: nil, choices: [], read: readRows
    ).optional()
    let order = Parameter.strings("order", "the names in the order of printing; others follow by name", default: [])
    let units = Parameter<[String: String]>(
      name: "units", summary: "the unit of a column, by its name", typeName: "a table of strings, by name", unit: nil,
      domain: nil, fallback: [:], fallbackText: "none", choices: [], read: readUnits)
    let title = Parameter<String>.string("title", "above the table", default: "")
    return Function(
      Signature(
        "data.frame", "Makes a table of named columns, to sort, filter, group, draw and save.",
        [columns, rows, order, units, title], result: "a frame",
        errors: ["ShapeMismatch", "InvalidParameter", "Interrupted"],
        example: """
          data.frame{ columns = { bidder = { "Ann", "Bob" }, bid = { 12.5, 9 } }, units = { bid = "tokens" } }
          """)
    ) { arguments in
      guard let named = arguments[columns] ?? arguments[rows], arguments[columns] == nil || arguments[rows] == nil
      else {
        throw ScriptError.invalidParameter("give either 'columns' or 'rows'")
      }
      let names = named.columns.map(\.name)
      for name in arguments[order] + arguments[units].keys.sorted() where !names.contains(name) {
        let hint = Suggestion.question(for: name, among: names)
        throw ScriptError.invalidParameter("there is no column '\(name)'", hint: hint)
      }
      if let first = named.columns.first,
        let other = named.columns.first(where: { $0.cells.count != first.cells.count })
      {
        throw ScriptError.shapeMismatch(
          "column '\(first.name)' has \(first.cells.count) rows, but '\(other.name)' has \(other.cells.count)")
      }
      let shown = NameOrder(arguments[order]).sorted(named.columns) { $0.name }.map { column in
        TextTable.Column(ChartOptions.label(column.name, unit: arguments[units][column.name] ?? ""), column.cells)
      }
      return .object(FrameObject(TextTable(arguments[title], shown)))
    }
  }

  /// A list of Lua as a column.
  static func cells(_ stack: LuaStack, _ index: Int32) throws -> TextTable.Column.Cells {
    let words = "a list of numbers or of strings"
    guard stack.kind(at: index) == .table else { throw Mismatch(words, stack, index) }
    let table = stack.absolute(index)
    var builder = ColumnBuilder()
    for position in 1..<(stack.length(at: table) + 1) {
      try stack.machine.cancellation.check(at: position)
      lua_rawgeti(stack.state, table, lua_Integer(position))
      defer { stack.pop() }
      guard builder.append(stack.value(at: -1)) else {
        throw Mismatch("of the kind of those before it, a number or a string", stack, -1, place: "[\(position)]")
      }
    }
    return builder.cells
  }

  private static func readColumns(_ stack: LuaStack, _ index: Int32) throws -> NamedColumns {
    let words = "a table of lists of numbers or of strings, by name"
    guard stack.kind(at: index) == .table, stack.length(at: index) == 0 else { throw Mismatch(words, stack, index) }
    let table = stack.absolute(index)
    return NamedColumns(
      columns: try TableKey.sorted(stack, table, skippingListOf: 0).map { key in
        key.push(stack)
        let name = stack.description(at: -1)
        lua_rawget(stack.state, table)
        defer { stack.pop() }
        do {
          return (name, try cells(stack, stack.count))
        } catch var mismatch as Mismatch {
          mismatch.place = "['\(name)']" + mismatch.place
          throw mismatch
        }
      })
  }

  private static func readRows(_ stack: LuaStack, _ index: Int32) throws -> NamedColumns {
    let words = "a list of tables, each with the same names"
    guard stack.kind(at: index) == .table else { throw Mismatch(words, stack, index) }
    let list = stack.absolute(index)
    let count = stack.length(at: list)
    var builders: [String: ColumnBuilder] = [:]
    for position in 1..<(count + 1) {
      try stack.machine.cancellation.check(at: position)
      lua_rawgeti(stack.state, list, lua_Integer(position))
      defer { stack.pop() }
      guard stack.kind(at: -1) == .table else { throw Mismatch("a table", stack, -1, place: "[\(position)]") }
      try stack.forEach(at: stack.count) {
        let name = stack.kind(at: -2) == .string ? stack.displayText(at: -2) : stack.description(at: -2)
        var builder = builders[name] ?? ColumnBuilder()
        builders[name] = nil
        // A name that was missing before leaves gaps; the kind of the column is only known now.
        if builder.count < position - 1 {
          builder = ColumnBuilder(gaps: position - 1, before: stack.value(at: -1))
        }
        guard builder.append(stack.value(at: -1)) else {
          throw Mismatch(
            "of the kind of those above it, a number or a string", stack, -1, place: "[\(position)]['\(name)']")
        }
        builders[name] = builder
      }
      for name in builders.keys where (builders[name]?.count ?? position) < position {
        builders[name]?.appendGap()
      }
    }
    return NamedColumns(columns: builders.sorted { $0.key < $1.key }.map { ($0.key, $0.value.cells) })
  }

  private static func readUnits(_ stack: LuaStack, _ index: Int32) throws -> [String: String] {
    let words = "a table of strings, by name"
    guard stack.kind(at: index) == .table else { throw Mismatch(words, stack, index) }
    var units: [String: String] = [:]
    try stack.forEach(at: index) {
      guard stack.kind(at: -2) == .string, let unit = stack.text(at: -1) else { throw Mismatch(words, stack, -1) }
      units[stack.displayText(at: -2)] = unit
    }
    return units
  }
}
