/// Amounts of money: a row for each participant, a column for each model.
public struct MoneyTable<Money: ProjectMoney>: Sendable, Equatable {
  public let rows: Int
  public let columns: Int
  /// Row by row.
  public private(set) var elements: [Money]

  /// - Precondition: as many elements as rows times columns.
  public init(rows: Int, columns: Int, elements: [Money]) {
    precondition(elements.count == rows * columns, "a table needs rows x columns elements")
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  /// - Throws: `ShapeMismatch` for rows of different lengths.
  public init(_ rows: [[Money]]) throws(ProjectError) {
    let columns = rows.first?.count ?? 0
    if let odd = rows.firstIndex(where: { $0.count != columns }) {
      throw ProjectError(
        .shapeMismatch, "row \(odd + 1) covers \(rows[odd].count) models, but the first row covers \(columns)")
    }
    self.init(rows: rows.count, columns: columns, elements: Array(rows.joined()))
  }

  public subscript(row: Int, column: Int) -> Money {
    get { elements[row * columns + column] }
    set { elements[row * columns + column] = newValue }
  }

  public func row(_ index: Int) -> ArraySlice<Money> { elements[index * columns..<(index + 1) * columns] }

  /// The sum of each column.
  var columnSums: [Money] {
    var sums = [Money](repeating: 0, count: columns)
    for row in 0..<rows {
      let start = row * columns
      for column in 0..<columns { sums[column] += elements[start + column] }
    }
    return sums
  }

  /// - Throws: `NegativeAmount`, `AmountOverflow`, `NotFinite`.
  func checkAmounts(_ name: String) throws(ProjectError) {
    // One pass without names first: tables have millions of entries.
    guard !elements.allSatisfy({ $0 >= 0 && $0 <= Money.largestAmount }) else { return }
    for (place, amount) in elements.enumerated() {
      try Money.check(amount, "\(name), row \(place / columns + 1), column \(place % columns + 1),")
    }
  }
}
