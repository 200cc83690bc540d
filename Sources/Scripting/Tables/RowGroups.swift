import Tensor

/// The rows whose cells are alike, group by group in the order in which they come first.
struct RowGroups: RandomAccessCollection {
  /// The rows of the first group, then those of the second, ...
  private let rows: [Int]
  /// Where each group begins among them, and where the last one ends.
  private let starts: [Int]

  /// - Throws: `Cancelled`.
  init(of cells: TextTable.Column.Cells, cancellation: Cancellation) throws {
    switch cells {
    case .text(let keys): try self.init(keys, cancellation)
    case .integers(let keys): try self.init(keys, cancellation)
    case .numbers(let keys):
      // All that are no number are one group, and so are 0 and -0.
      try self.init(keys.map { $0.isNaN ? Double.nan.bitPattern : ($0 + 0).bitPattern }, cancellation)
    }
  }

  private init<Key: Hashable>(_ keys: [Key], _ cancellation: Cancellation) throws {
    var numbers: [Key: Int] = [:]
    var groups: [Int] = []
    groups.reserveCapacity(keys.count)
    var counts: [Int] = []
    for (row, key) in keys.enumerated() {
      try cancellation.check(at: row)
      let group: Int
      if let known = numbers[key] {
        group = known
      } else {
        group = counts.count
        numbers[key] = group
        counts.append(0)
      }
      counts[group] += 1
      groups.append(group)
    }
    var starts = [0]
    for count in counts { starts.append(starts[starts.count - 1] + count) }
    var free = starts
    var rows = Array(repeating: 0, count: keys.count)
    for (row, group) in groups.enumerated() {
      rows[free[group]] = row
      free[group] += 1
    }
    self.rows = rows
    self.starts = starts
  }

  var startIndex: Int { 0 }
  var endIndex: Int { starts.count - 1 }

  subscript(group: Int) -> ArraySlice<Int> { rows[starts[group]..<starts[group + 1]] }
}
