/// A table with a title: columns of numbers or of words, one row under another.
public struct TextTable {
  public var title: String
  public var columns: [Column]

  /// A column: its header (with the unit), and a cell per row.
  public struct Column {
    public var header: String
    public var cells: Cells

    public init(_ header: String, _ cells: Cells) {
      self.header = header
      self.cells = cells
    }

    /// The header without the unit in brackets.
    var name: String { TextTable.name(ofHeader: header) }

    /// Numbers are shown with the digits that a reader needs, and saved with all they have.
    public enum Cells {
      case text([String])
      case integers([Int])
      case numbers([Double])

      var count: Int {
        switch self {
        case .text(let cells): cells.count
        case .integers(let cells): cells.count
        case .numbers(let cells): cells.count
        }
      }

      var isNumeric: Bool {
        if case .text = self { false } else { true }
      }

      func shown(_ row: Int) -> String {
        switch self {
        case .text(let cells): cells[row]
        case .integers(let cells): String(cells[row])
        case .numbers(let cells): NumberFormat.readable(cells[row])
        }
      }

      func exact(_ row: Int) -> String {
        if case .numbers(let cells) = self { return NumberFormat.shortest(cells[row]) }
        return shown(row)
      }
    }
  }

  public init(_ title: String, _ columns: [Column]) {
    self.title = title
    self.columns = columns
  }

  public var rowCount: Int { columns.map(\.cells.count).min() ?? 0 }

  /// A record for each row, by header.
  var records: [Record] { (0..<rowCount).map { record($0, by: \.header) } }

  /// The columns of a record whose fields are lists of one length.
  init(columnsOf record: Record) {
    self.init(
      "",
      record.fields.compactMap { field in
        switch field.value {
        case .integers(let cells): Column(field.name, .integers(cells))
        case .numbers(let cells): Column(field.name, .numbers(cells))
        default: nil
        }
      })
  }
}
