/// A table that scripts hold: columns of numbers or of words, one row under another.
final class FrameObject: ScriptObject {
  static let typeName = "frame"
  let table: TextTable

  init(_ table: TextTable) { self.table = table }

  var memoryFootprint: Int { table.rowCount * table.columns.count * 16 }

  static func type(_ context: RunContext) -> ObjectType {
    ObjectType(
      FrameObject.self, "a table of named columns; t[i] is a row, #t how many there are",
      methods: FrameMethods.all + FrameMethods.writing,
      fields: [
        TypedField("columns", "their names, without units") {
          .strings($0.table.columns.map { TextTable.name(ofHeader: $0.header) })
        },
        TypedField("title", "above the table") { .string($0.table.title) },
      ],
      length: { $0.table.rowCount },
      elements: ObjectElements(
        read: { object, stack in
          guard let table = (object as? FrameObject)?.table, let row = stack.wholeNumber(at: 2),
            (1...max(table.rowCount, 1)).contains(row), row <= table.rowCount
          else { return .none }
          return .record(table.record(row - 1))
        },
        write: { _, _ in
          throw ScriptError.noSuchField(
            "a row of a frame cannot be set", hint: "frame:with adds or replaces a column, in a new frame")
        }),
      describe: { $0.table.text(width: max(context.options.width, 40)) })
  }
}
