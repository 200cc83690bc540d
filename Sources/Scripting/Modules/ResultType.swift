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
        save, verify,
      ],
      fields: [TypedField("title", "what it is, in words") { .string($0.title) }],
      dynamicFields: { $0.fields }, describe: { $0.text })
  }

  private static var verify: Function {
    let effort = Parameter<Int>.integer(
      "effort", "how many times as hard to search as before", default: 4, domain: .between(1, 1000))
    return .method(
      Signature(
        "result:verify", "Puts a solution of a game to a harder test of what anyone could gain by deviating.", [effort],
        result: "a result with max_regret, gain and deviation by player", errors: GameFunctions.errors,
        example: "duopoly:solve():verify{ effort = 2 }.max_regret")
    ) { (result: ResultObject, arguments) in
      guard let verifiable = result.payload as? any VerifiableResult else {
        throw ScriptError.invalidParameter("this result has no deviations to look for: it is no solution of a game")
      }
      return try verifiable.verified(harder: arguments[effort])
    }
  }

  private static var save: Function {
    let path = Parameter<String>.string("path", "the file to write; its ending says how: .json, .jsonl or .csv")
    return .method(
      Signature(
        "result:save", "Writes the result to a file: all fields as JSON, or its rows as CSV or as lines of JSON.",
        [path],
        result: "the path", errors: ["FileError", "InvalidParameter"], example: "solution:save(\"bids.csv\")")
    ) { (result: ResultObject, arguments) in
      let path = arguments[path]
      let text: String
      switch path.split(separator: ".").last.map(String.init) {
      case "csv":
        text = try rows(of: result).csv
      case "jsonl":
        text = try rows(of: result).records.map { try JSONText.line(.record($0)) + "\n" }.joined()
      case "json": text = try JSONText.pretty(.record(result.fields)) + "\n"
      default:
        throw ScriptError.invalidParameter("'\(path)' must end in .json, .jsonl or .csv, to say how to write it")
      }
      try TextFile.write(text, to: path)
      return .string(path)
    }
  }

  private static func rows(of result: ResultObject) throws -> TextTable {
    guard let rows = result.savedRows else {
      throw ScriptError.invalidParameter("this result has no rows to save", hint: "save it as .json")
    }
    return rows
  }
}
