import CLuaShim

/// What scripts do with a frame; each method gives a new one.
enum FrameMethods {
  static var all: [Function] { [head, tail, sort, `where`, group, select, column, with] }

  static let errors = ["InvalidParameter", "ShapeMismatch", "Interrupted"]
  static let sample = "data.frame{ columns = { kind = { \"a\", \"b\", \"a\" }, price = { 3, 1, 2 } } }"

  private static let rows = Parameter<Int>.integer("rows", "how many", default: 10, domain: .atLeast(0))

  private static var head: Function {
    .method(
      Signature("frame:head", "The first rows.", [rows], result: "a frame", example: "\(sample):head(2)")
    ) { (frame: FrameObject, arguments) in .object(FrameObject(frame.table.head(arguments[rows]))) }
  }

  private static var tail: Function {
    .method(
      Signature("frame:tail", "The last rows.", [rows], result: "a frame", example: "\(sample):tail(2)")
    ) { (frame: FrameObject, arguments) in .object(FrameObject(frame.table.tail(arguments[rows]))) }
  }

  private static var sort: Function {
    let column = Parameter<String>.string("column", "by what")
    let descending = Parameter<Bool>.boolean("descending", "whether the largest comes first", default: false)
    return .method(
      Signature(
        "frame:sort", "The rows in the order of a column; equal ones keep theirs, and what is no number comes last.",
        [column, descending], result: "a frame", errors: ["InvalidParameter", "Interrupted"],
        example: "\(sample):sort(\"price\", true)")
    ) { (frame: FrameObject, arguments) in
      .object(
        FrameObject(
          try frame.table.sorted(
            by: arguments[column], descending: arguments[descending],
            cancellation: arguments.stack.machine.cancellation)))
    }
  }

  private static var `where`: Function {
    let condition = Parameter<LuaValue>.value(
      "condition", "a function of the row, or the name of a column", "a function or a string")
    let value = Parameter<LuaValue>.value(
      "value", "what the column must hold, or a function of its value", "a number, a string or a function",
      default: LuaValue.none, defaultText: "none")
    return .method(
      Signature(
        "frame:where", "The rows for which a condition holds.", [condition, value], result: "a frame", errors: errors,
        example: "\(sample):where(function(row) return row.price > 1 end)")
    ) { (frame: FrameObject, arguments) in
      let table = frame.table
      let machine = arguments.stack.machine
      func holds(_ function: LuaReference, _ argument: LuaValue) throws -> Bool {
        switch try machine.call(function, [argument], results: 1).first ?? .none {
        case .none, .boolean(false): false
        default: true
        }
      }
      let kept: [Int]
      switch arguments[condition] {
      case .reference(let function) where isFunction(function):
        kept = try (0..<table.rowCount).filter { try holds(function, .record(table.record($0))) }
      case .string(let name):
        let cells = table.columns[try table.place(of: name)].cells
        switch arguments[value] {
        case .reference(let function) where isFunction(function):
          kept = try (0..<table.rowCount).filter { try holds(function, cells.value($0)) }
        default: kept = try rows(of: cells, equal: arguments[value], name)
        }
      default:
        throw ScriptError.invalidParameter("option 'condition' must be a function or the name of a column")
      }
      return .object(FrameObject(try table.rows(kept, cancellation: machine.cancellation)))
    }
  }

  static func isFunction(_ reference: LuaReference) -> Bool {
    reference.push()
    defer { reference.stack.pop() }
    return reference.stack.kind(at: -1) == .function
  }

  private static func rows(of cells: TextTable.Column.Cells, equal value: LuaValue, _ name: String) throws -> [Int] {
    switch (cells, value) {
    case (.text(let cells), .string(let text)): return cells.indices.filter { cells[$0] == text }
    case (.text(let cells), .boolean(let value)): return cells.indices.filter { cells[$0] == "\(value)" }
    case (.integers(let cells), .integer(let number)): return cells.indices.filter { cells[$0] == number }
    case (.integers(let cells), .number(let number)): return cells.indices.filter { Double(cells[$0]) == number }
    case (.numbers(let cells), .integer(let number)): return cells.indices.filter { cells[$0] == Double(number) }
    case (.numbers(let cells), .number(let number)): return cells.indices.filter { cells[$0] == number }
    default:
      let kind = cells.isNumeric ? "numbers" : "words"
      throw ScriptError.invalidParameter(
        "column '\(name)' holds \(kind), and option 'value' must be one of them or a function")
    }
  }

  private static var group: Function {
    let column = Parameter<String>.string("column", "whose equal cells make a group")
    let words = "a table of aggregates by name: \"mean\", { column, \"mean\" }, or a function of a list"
    let aggregates = Parameter<[Aggregate]>(
      name: "aggregates",
      summary: "new columns: an aggregate of the column of that name, or of another; "
        + Aggregate.Word.allCases.map(\.rawValue).joined(separator: ", "),
      typeName: words, unit: nil, domain: nil, fallback: [], fallbackText: "the number of rows", choices: [],
      read: AggregateReader.read)
    return .method(
      Signature(
        "frame:group", "A row for each group, with what its rows amount to.", [column, aggregates], result: "a frame",
        errors: errors, example: "\(sample):group(\"kind\", { price = \"mean\", dearest = { \"price\", \"max\" } })")
    ) { (frame: FrameObject, arguments) in
      .object(
        FrameObject(
          try frame.table.grouped(
            by: arguments[column], arguments[aggregates], cancellation: arguments.stack.machine.cancellation)))
    }
  }

  private static var select: Function {
    let columns = Parameter.strings("columns", "their names, in the order wished")
    return .method(
      Signature(
        "frame:select", "Some of the columns.", [columns], list: "columns", result: "a frame",
        errors: ["InvalidParameter"], example: "\(sample):select{ \"price\", \"kind\" }")
    ) { (frame: FrameObject, arguments) in .object(FrameObject(try frame.table.selecting(arguments[columns]))) }
  }

  private static var column: Function {
    let name = Parameter<String>.string("name", "of the column")
    return .method(
      Signature(
        "frame:column", "A column as a list.", [name], result: "a list of numbers or of strings",
        errors: ["InvalidParameter"], example: "\(sample):column(\"price\")[1]")
    ) { (frame: FrameObject, arguments) in frame.table.columns[try frame.table.place(of: arguments[name])].cells.list }
  }

  private static var with: Function {
    let name = Parameter<String>.string("name", "of the column, new or to be replaced; a unit may follow in brackets")
    let values = Parameter<LuaValue>.value(
      "values", "a list with a value for each row, or a function of the row", "a list or a function")
    return .method(
      Signature(
        "frame:with", "The same rows with one more column.", [name, values], result: "a frame", errors: errors,
        example: "\(sample):with(\"price + tax\", function(row) return 1.2 * row.price end)")
    ) { (frame: FrameObject, arguments) in
      var table = frame.table
      let name = arguments[name]
      guard case .reference(let reference) = arguments[values] else {
        throw ScriptError.invalidParameter("option 'values' must be a list or a function")
      }
      let cells =
        isFunction(reference)
        ? try computed(table, by: reference, arguments.stack.machine, name) : try listed(reference)
      guard cells.count == table.rowCount || table.columns.isEmpty else {
        throw ScriptError.shapeMismatch(
          "option 'values' has \(cells.count) values, but there are \(table.rowCount) rows")
      }
      let column = TextTable.Column(name, cells)
      let short = TextTable.name(ofHeader: name)
      if let place = table.columns.firstIndex(where: { TextTable.name(ofHeader: $0.header) == short }) {
        table.columns[place] = column
      } else {
        table.columns.append(column)
      }
      return .object(FrameObject(table))
    }
  }

  private static func listed(_ list: LuaReference) throws -> TextTable.Column.Cells {
    list.push()
    defer { list.stack.pop() }
    do {
      return try FrameFunction.cells(list.stack, list.stack.count)
    } catch let mismatch as Mismatch {
      throw ArgumentError(parameter: "values", mismatch: mismatch)
    }
  }

  private static func computed(
    _ table: TextTable, by function: LuaReference, _ machine: LuaMachine, _ name: String
  ) throws -> TextTable.Column.Cells {
    var builder = ColumnBuilder()
    for row in 0..<table.rowCount {
      let value = try machine.call(function, [.record(table.record(row))], results: 1).first ?? .none
      guard builder.append(value) else {
        throw ScriptError.invalidParameter(
          "the function for '\(name)' must return a number or a string for all rows alike, but did not for row \(row + 1)"
        )
      }
    }
    return builder.cells
  }
}
