// What is done with the rows of a table; the table itself stays as it is.

extension TextTable.Column.Cells {
  /// The cells at these places, in this order.
  func at(_ rows: [Int]) -> Self {
    switch self {
    case .text(let cells): .text(rows.map { cells[$0] })
    case .integers(let cells): .integers(rows.map { cells[$0] })
    case .numbers(let cells): .numbers(rows.map { cells[$0] })
    }
  }

  func at(_ rows: Range<Int>) -> Self {
    switch self {
    case .text(let cells): .text(Array(cells[rows]))
    case .integers(let cells): .integers(Array(cells[rows]))
    case .numbers(let cells): .numbers(Array(cells[rows]))
    }
  }

  func value(_ row: Int) -> LuaValue {
    switch self {
    case .text(let cells): .string(cells[row])
    case .integers(let cells): .integer(cells[row])
    case .numbers(let cells): .number(cells[row])
    }
  }

  var list: LuaValue {
    switch self {
    case .text(let cells): .strings(cells)
    case .integers(let cells): .integers(cells)
    case .numbers(let cells): .numbers(cells)
    }
  }

  /// The cells as numbers; nil where they are words.
  var doubles: [Double]? {
    switch self {
    case .text: nil
    case .integers(let cells): cells.map(Double.init)
    case .numbers(let cells): cells
    }
  }
}

extension TextTable {
  /// The name of a column, its header without the unit in brackets.
  static func name(ofHeader header: String) -> String {
    guard header.hasSuffix(")"), let bracket = header.range(of: " (", options: .backwards) else { return header }
    return String(header[..<bracket.lowerBound])
  }

  /// The unit with its brackets, empty where there is none.
  static func unit(ofHeader header: String) -> String { String(header.dropFirst(name(ofHeader: header).count)) }

  /// The place of a column, by its header or by its name without the unit.
  /// - Throws: `ScriptError.invalidParameter`.
  func place(of name: String) throws -> Int {
    if let place = columns.firstIndex(where: { $0.header == name }) { return place }
    if let place = columns.firstIndex(where: { TextTable.name(ofHeader: $0.header) == name }) { return place }
    let names = columns.map { TextTable.name(ofHeader: $0.header) }
    let near = Suggestion.nearest(to: name, among: names).map { "did you mean '\($0)'? " } ?? ""
    throw ScriptError.invalidParameter(
      "there is no column '\(name)'", hint: near + "the columns: " + names.prefix(40).joined(separator: ", "))
  }

  func rows(_ rows: [Int]) -> TextTable {
    TextTable(title, columns.map { Column($0.header, $0.cells.at(rows)) })
  }

  func head(_ count: Int) -> TextTable { rows(0..<min(max(count, 0), rowCount)) }
  func tail(_ count: Int) -> TextTable { rows(max(rowCount - max(count, 0), 0)..<rowCount) }

  private func rows(_ rows: Range<Int>) -> TextTable {
    TextTable(title, columns.map { Column($0.header, $0.cells.at(rows)) })
  }

  func selecting(_ names: [String]) throws -> TextTable {
    TextTable(title, try names.map { columns[try place(of: $0)] })
  }

  /// The row as a record, by the names of the columns.
  func record(_ row: Int) -> Record {
    Record(columns.map { (name: TextTable.name(ofHeader: $0.header), value: $0.cells.value(row)) })
  }

  /// In the order of one column; equal cells keep theirs, and what is no number comes last.
  func sorted(by name: String, descending: Bool) throws -> TextTable {
    let cells = columns[try place(of: name)].cells
    switch cells {
    case .integers(let keys): return rows(order(keys, descending: descending))
    case .numbers(let keys):
      let missing = keys.indices.filter { keys[$0].isNaN }
      let present = keys.indices.filter { !keys[$0].isNaN }
      return rows(order(present.map { keys[$0] }, descending: descending).map { present[$0] } + missing)
    case .text(let words):
      // Words are compared once each, numbers then often.
      let ranks = Dictionary(
        uniqueKeysWithValues: Set(words).sorted().enumerated().map { ($0.element, $0.offset) })
      return rows(order(words.map { ranks[$0] ?? 0 }, descending: descending))
    }
  }

  private func order<Key: Comparable>(_ keys: [Key], descending: Bool) -> [Int] {
    var rows = Array(keys.indices)
    keys.withUnsafeBufferPointer { keys in
      if descending {
        rows.sort { keys[$0] != keys[$1] ? keys[$0] > keys[$1] : $0 < $1 }
      } else {
        rows.sort { keys[$0] != keys[$1] ? keys[$0] < keys[$1] : $0 < $1 }
      }
    }
    return rows
  }
}
