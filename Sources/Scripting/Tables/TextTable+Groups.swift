import Tensor

/// One number, or one word, for all cells of a column that belong together.
struct Aggregate {
  enum Word: String, CaseIterable {
    case count, sum, mean, median, min, max, std, first, last
  }

  enum Rule {
    case word(Word)
    /// A function of the list of the cells.
    case function((LuaValue) throws -> LuaValue)
  }

  var name: String
  var column: String
  var rule: Rule
}

extension TextTable {
  /// A row for each different cell of one column, in the order in which they come first, with a column for each
  /// aggregate; without any, the number of rows.
  /// - Throws: `ScriptError.invalidParameter`, what an aggregate throws, `Cancelled`.
  func grouped(
    by name: String, _ aggregates: [Aggregate], cancellation: Cancellation = .never
  ) throws -> TextTable {
    let column = columns[try place(of: name)]
    let groups = try RowGroups(of: column.cells, cancellation: cancellation)
    let keys = Column(column.header, try column.cells.at(groups.map { $0[$0.startIndex] }, cancellation: cancellation))
    guard !aggregates.isEmpty else {
      return TextTable(title, [keys, Column("count", .integers(groups.map(\.count)))])
    }
    let results = try aggregates.map { aggregate -> Column in
      let source = columns[try self.place(of: aggregate.column)]
      let values = try groups.enumerated().map { index, rows in
        try cancellation.check(at: index)
        let cells = try source.cells.at(rows, cancellation: cancellation)
        return try TextTable.value(of: cells, aggregate, cancellation)
      }
      var carriesUnit = true
      if case .word(.count) = aggregate.rule { carriesUnit = false }
      let unit = carriesUnit ? TextTable.unit(ofHeader: source.header) : ""
      return Column(aggregate.name + unit, try TextTable.cells(values, aggregate))
    }
    return TextTable(title, [keys] + results)
  }

  private static func value(
    of cells: Column.Cells, _ aggregate: Aggregate, _ cancellation: Cancellation
  ) throws -> LuaValue {
    switch aggregate.rule {
    case .function(let function): return try function(cells.list)
    case .word(.count): return .integer(cells.count)
    case .word(.first): return cells.value(0)
    case .word(.last): return cells.value(cells.count - 1)
    case .word(let word):
      guard let numbers = cells.doubles else {
        throw ScriptError.invalidParameter("column '\(aggregate.column)' holds words, which have no \(word.rawValue)")
      }
      let value = try number(word, numbers, cancellation)
      if case .integers = cells, word == .min || word == .max || word == .sum, value.magnitude < 9e15 {
        return .integer(Int(value))
      }
      return .number(value)
    }
  }

  /// Standard deviations are those of samples, with n - 1.
  private static func number(
    _ word: Aggregate.Word, _ numbers: [Double], _ cancellation: Cancellation
  ) throws -> Double {
    let count = Double(numbers.count)
    let mean = numbers.reduce(0, +) / count
    switch word {
    case .sum: return numbers.reduce(0, +)
    case .mean: return mean
    case .median:
      guard !numbers.contains(where: \.isNaN) else { return .nan }
      let sorted = try cancellation.sorted(numbers)
      let middle = sorted.count / 2
      return sorted.count % 2 == 1 ? sorted[middle] : sorted[middle - 1] / 2 + sorted[middle] / 2
    case .min: return numbers.contains(where: \.isNaN) ? .nan : numbers.min() ?? .nan
    case .max: return numbers.contains(where: \.isNaN) ? .nan : numbers.max() ?? .nan
    case .std:
      guard numbers.count > 1 else { return .nan }
      return (numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)).squareRoot()
    case .count, .first, .last: return .nan
    }
  }

  /// The cells of a column, of one kind.
  private static func cells(_ values: [LuaValue], _ aggregate: Aggregate) throws -> Column.Cells {
    var builder = ColumnBuilder()
    for (index, value) in values.enumerated() {
      guard builder.append(value) else {
        throw ScriptError.invalidParameter(
          "aggregate '\(aggregate.name)' must be a number or a string for all groups alike, but is not for group \(index + 1)"
        )
      }
    }
    return builder.cells
  }
}
