import Tensor

// What is done with the rows of a table; the table itself stays as it is.

extension TextTable.Column.Cells {
  /// The cells at these places, in this order.
  /// - Throws: `Cancelled`.
  func at(_ rows: some Collection<Int>, cancellation: Cancellation = .never) throws -> Self {
    func picked<Cell>(_ cells: [Cell]) throws -> [Cell] {
      try rows.enumerated().map { place, row in
        try cancellation.check(at: place)
        return cells[row]
      }
    }
    switch self {
    case .text(let cells): return .text(try picked(cells))
    case .integers(let cells): return .integers(try picked(cells))
    case .numbers(let cells): return .numbers(try picked(cells))
    }
  }

  /// The cells of rows that follow each other.
  func run(_ rows: Range<Int>) -> Self {
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
    let names = columns.map(\.name)
    if let place = names.firstIndex(of: name) { return place }
    let listing = "the columns: " + names.prefix(40).joined(separator: ", ")
    throw ScriptError.invalidParameter(
      "there is no column '\(name)'", hint: Suggestion.hint(for: name, among: names, listing: listing))
  }

  /// - Throws: `Cancelled`.
  func rows(_ rows: [Int], cancellation: Cancellation = .never) throws -> TextTable {
    TextTable(title, try columns.map { Column($0.header, try $0.cells.at(rows, cancellation: cancellation)) })
  }

  func head(_ count: Int) -> TextTable { run(0..<min(max(count, 0), rowCount)) }
  func tail(_ count: Int) -> TextTable { run(max(rowCount - max(count, 0), 0)..<rowCount) }

  /// Rows that follow each other.
  private func run(_ rows: Range<Int>) -> TextTable {
    TextTable(title, columns.map { Column($0.header, $0.cells.run(rows)) })
  }

  func selecting(_ names: [String]) throws -> TextTable {
    TextTable(title, try names.map { columns[try place(of: $0)] })
  }

  /// The row as a record, by the names of the columns or by their whole headers.
  func record(_ row: Int, by key: (Column) -> String = \.name) -> Record {
    Record(columns.map { (name: key($0), value: $0.cells.value(row)) })
  }

  /// In the order of one column; equal cells keep theirs, and what is no number comes last.
  /// - Throws: `ScriptError.invalidParameter` for no such column, `Cancelled`.
  func sorted(by name: String, descending: Bool, cancellation: Cancellation = .never) throws -> TextTable {
    func order<Key: Comparable>(_ keys: [Key]) throws -> [Int] {
      try keys.withUnsafeBufferPointer { keys in
        try cancellation.sorted(Array(keys.indices)) { first, second in
          let (one, other) = (keys[first], keys[second])
          guard one != other else { return first < second }
          return descending ? one > other : one < other
        }
      }
    }
    let places: [Int]
    switch columns[try place(of: name)].cells {
    case .integers(let keys): places = try order(keys)
    case .numbers(let keys):
      let missing = keys.indices.filter { keys[$0].isNaN }
      let present = keys.indices.filter { !keys[$0].isNaN }
      places = try order(present.map { keys[$0] }).map { present[$0] } + missing
    case .text(let words): places = try order(try TextTable.ranks(of: words, cancellation))
    }
    return try rows(places, cancellation: cancellation)
  }

  /// The place of each word among the different ones in order: words are compared less often than numbers that way.
  private static func ranks(of words: [String], _ cancellation: Cancellation) throws -> [Int] {
    var ranks: [String: Int] = [:]
    for (row, word) in words.enumerated() {
      try cancellation.check(at: row)
      ranks[word] = 0
    }
    for (rank, word) in try cancellation.sorted(Array(ranks.keys)).enumerated() {
      try cancellation.check(at: rank)
      ranks[word] = rank
    }
    return try words.enumerated().map { row, word in
      try cancellation.check(at: row)
      return ranks[word] ?? 0
    }
  }
}
