/// What a computation gives back: plain fields to read, tables to look at, and files to keep.
public final class ResultObject: ScriptObject {
  public static let typeName = "result"

  /// What it is, in words: "equilibrium of the incentive game".
  let title: String
  let fields: Record
  let tables: [TextTable]
  /// The rows that a file holds, with a column for each field that is a list; nil for those of the first table.
  let rows: TextTable?
  /// Lines printed under the tables: totals, verdicts.
  let notes: [String]
  /// How it can be drawn, the most natural way first.
  let pictures: [Picture]
  /// The Swift value behind it, for functions that take a result and go on.
  let payload: Any?

  init(
    _ title: String, fields: Record, tables: [TextTable] = [], rows: TextTable? = nil, notes: [String] = [],
    pictures: [Picture] = [], payload: Any? = nil
  ) {
    self.title = title
    self.fields = fields
    self.tables = tables
    self.rows = rows
    self.notes = notes
    self.pictures = pictures
    self.payload = payload
  }

  var savedRows: TextTable? { rows ?? tables.first }

  var sheet: ResultSheet { ResultSheet(title: title, tables: tables, notes: notes) }
}
