/// A dense row-major matrix of doubles, for games and mechanisms: row = member or seller, column = provider or buyer.
public struct Matrix: Equatable, Sendable {
  public let rows: Int
  public let columns: Int
  @usableFromInline var storage: [Double]

  /// Element (row, column) stands at `row * columns + column`.
  @inlinable public var elements: [Double] { storage }

  /// - Precondition: `elements.count == rows * columns`.
  public init(rows: Int, columns: Int, elements: [Double]) {
    precondition(elements.count == rows * columns, "a matrix needs rows x columns elements")
    self.rows = rows
    self.columns = columns
    storage = elements
  }

  public init(rows: Int, columns: Int, repeating value: Double = 0) {
    self.init(rows: rows, columns: columns, elements: Array(repeating: value, count: rows * columns))
  }

  /// A matrix from its rows; nil when the rows differ in length.
  public init?(_ rows: [[Double]]) {
    let columns = rows.first?.count ?? 0
    guard rows.allSatisfy({ $0.count == columns }) else { return nil }
    self.init(rows: rows.count, columns: columns, elements: Array(rows.joined()))
  }

  @inlinable public subscript(row: Int, column: Int) -> Double {
    get { storage[row * columns + column] }
    set { storage[row * columns + column] = newValue }
  }

  public func row(_ index: Int) -> ArraySlice<Double> {
    elements[index * columns..<(index + 1) * columns]
  }

  public func column(_ index: Int) -> [Double] {
    (0..<rows).map { self[$0, index] }
  }

  public var nested: [[Double]] { (0..<rows).map { Array(row($0)) } }
}
