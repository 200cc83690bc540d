/// How results look from Lua.
extension ResultObject {
  static var type: ObjectType {
    ObjectType(
      ResultObject.self, "what a computation gave: plain fields, tables to print, files to save",
      methods: [
        .method(
          Signature(
            "result:summary", "The result as text.", result: "a string", example: "print(solution:summary())")
        ) {
          (result: ResultObject, _) in .string(result.text)
        },
        .method(
          Signature(
            "result:table", "The fields as a plain Lua table.", result: "a table",
            example: "for name, value in pairs(solution:table()) do print(name) end")
        ) { (result: ResultObject, _) in .record(result.fields) },
        save,
      ],
      fields: [TypedField("title", "what it is, in words") { .string($0.title) }],
      dynamicFields: { $0.fields }, describe: { $0.text })
  }

  private static var save: Function {
    let path = Parameter<String>.string("path", "the file to write; its ending says how: .json or .csv")
    return .method(
      Signature(
        "result:save", "Writes the result to a file: all fields as JSON, or the first table as CSV.", [path],
        result: "the path", errors: ["FileError", "InvalidParameter"], example: "solution:save(\"bids.csv\")")
    ) { (result: ResultObject, arguments) in
      let path = arguments[path]
      let text: String
      switch path.split(separator: ".").last.map(String.init) {
      case "csv":
        guard let table = result.tables.first else {
          throw ScriptError.invalidParameter("this result has no table to save as CSV", hint: "save it as .json")
        }
        text = table.csv
      case "json": text = try JSONText.pretty(.record(result.fields)) + "\n"
      default:
        throw ScriptError.invalidParameter("'\(path)' must end in .json or .csv, to say how to write it")
      }
      try TextFile.write(text, to: path)
      return .string(path)
    }
  }
}
