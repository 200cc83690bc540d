/// What a computation gives back: plain fields to read, tables to look at, and files to keep.
public final class ResultObject: ScriptObject {
  public static let typeName = "result"

  /// What it is, in words: "equilibrium of the incentive game".
  let title: String
  let fields: Record
  let tables: [TextTable]
  /// Lines printed under the tables: totals, verdicts.
  let notes: [String]
  /// The Swift value behind it, for functions that take a result and go on.
  let payload: Any?

  init(_ title: String, fields: Record, tables: [TextTable] = [], notes: [String] = [], payload: Any? = nil) {
    self.title = title
    self.fields = fields
    self.tables = tables
    self.notes = notes
    self.payload = payload
  }

  var text: String {
    ([title] + tables.map { $0.text() } + notes.map { "  " + $0 }).joined(separator: "\n")
  }
}
