extension Plot {
  /// A colour for each number of a matrix; the first row is drawn at the top, as it is written.
  public struct Heatmap: Sendable, Equatable {
    public var values: [[Double]]
    /// Names for the rows and the columns; empty for their numbers.
    public var rowNames: [String]
    public var columnNames: [String]
    /// What the numbers are, with their unit.
    public var valueLabel: String
    /// Whether the numbers stand in the cells, where there is room.
    public var showsValues: Bool

    public init(
      values: [[Double]], rowNames: [String] = [], columnNames: [String] = [], valueLabel: String = "",
      showsValues: Bool = true
    ) {
      let width = values.map(\.count).max() ?? 0
      self.values = values.map { $0 + Array(repeating: .nan, count: width - $0.count) }
      self.rowNames = rowNames
      self.columnNames = columnNames
      self.valueLabel = valueLabel
      self.showsValues = showsValues
    }

    public var rows: Int { values.count }
    public var columns: Int { values.first?.count ?? 0 }

    /// The smallest and the largest number that has a colour; nil when there is none.
    var range: ClosedRange<Double>? {
      let drawable = values.joined().filter(\.isFinite)
      guard let low = drawable.min(), let high = drawable.max() else { return nil }
      return low...high
    }

    /// What is said of cells without a colour; nil where all have one.
    var omission: String? {
      let missing = values.joined().count { !$0.isFinite }
      return missing > 0 ? "\(missing) \(missing == 1 ? "cell has" : "cells have") no number" : nil
    }

    /// What it shows, for those who cannot see it.
    var description: String {
      guard let range else { return "heatmap: no numbers" }
      let (low, high) = (NumberLabel.short(range.lowerBound), NumberLabel.short(range.upperBound))
      return "heatmap: \(rows) rows, \(columns) columns, \(low) to \(high)" + (omission.map { "; " + $0 } ?? "")
    }

    /// Where a number stands between the smallest and the largest: one half when they are alike, nil when it has none.
    func share(of value: Double, in range: ClosedRange<Double>) -> Double? {
      guard value.isFinite else { return nil }
      guard range.upperBound > range.lowerBound else { return 0.5 }
      return (value / 2 - range.lowerBound / 2) / (range.upperBound / 2 - range.lowerBound / 2)
    }

    func rowName(_ row: Int) -> String { row < rowNames.count ? rowNames[row] : String(row + 1) }
    func columnName(_ column: Int) -> String { column < columnNames.count ? columnNames[column] : String(column + 1) }

    /// A smaller map whose cells are the means of those that they stand for; itself when it is small enough.
    func reduced(rows mostRows: Int, columns mostColumns: Int) -> Heatmap {
      let (tall, wide) = (Heatmap.step(rows, most: mostRows), Heatmap.step(columns, most: mostColumns))
      guard tall > 1 || wide > 1 else { return self }
      let cells = stride(from: 0, to: rows, by: tall).map { row in
        stride(from: 0, to: columns, by: wide).map { column in
          let block = values[row..<min(row + tall, rows)].flatMap { $0[column..<min(column + wide, columns)] }
            .filter(\.isFinite)
          return block.isEmpty ? Double.nan : block.reduce(0) { $0 + $1 / Double(block.count) }
        }
      }
      return Heatmap(
        values: cells, rowNames: stride(from: 0, to: rows, by: tall).map(rowName),
        columnNames: stride(from: 0, to: columns, by: wide).map(columnName), valueLabel: valueLabel,
        showsValues: false)
    }

    private static func step(_ count: Int, most: Int) -> Int { (count + max(most, 1) - 1) / max(most, 1) }
  }
}
