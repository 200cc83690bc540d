/// How results look from Lua.
extension ResultObject {
  static func type(_ context: RunContext) -> ObjectType {
    ObjectType(
      ResultObject.self, "what a computation gave: plain fields, tables to print, files to save",
      methods: [
        .method(
          Signature(
            "result:summary", "The result as text.", result: "a string", example: "print(solution:summary())")
        ) {
          (result: ResultObject, _) in .string(result.sheet.text())
        },
        .method(
          Signature(
            "result:table", "The fields as a plain Lua table.", result: "a table",
            example: "for name, value in pairs(solution:table()) do print(name) end")
        ) { (result: ResultObject, _) in .record(result.fields) },
        plot, frame, save, verify,
      ],
      fields: [TypedField("title", "what it is, in words") { .string($0.title) }],
      dynamicFields: { $0.fields },
      describe: { result in
        // On a terminal, what is too wide would be broken over lines; elsewhere, nothing is left out.
        result.sheet.text(width: context.columns)
      })
  }

  private static var plot: Function {
    let what = Parameter<String>.string("what", "which of its pictures, by name").optional("the first")
    return .method(
      Signature(
        "result:plot", "Draws the result: rounds of training, an auction's supply and demand, shares, ...", [what],
        result: ChartOptions.result, errors: ["InvalidParameter", "Interrupted"],
        example: "auction.double{ asks = { 10, 14, 20 }, bids = { 25, 18, 12 } }:plot()")
    ) { (result: ResultObject, arguments) in
      .object(PlotObject(try Picture.chosen(arguments[what], of: result.pictures, for: result.title)))
    }
  }

  private static var frame: Function {
    let number = Parameter<Int>.integer("number", "which of its printed tables", domain: .between(1, 1000))
      .optional("all rows, as result:save writes them")
    return .method(
      Signature(
        "result:frame", "The rows of the result as a table to sort, group and save.", [number], result: "a frame",
        errors: ["InvalidParameter"], example: "fed:history():frame():sort(\"loss\"):head(3)")
    ) { (result: ResultObject, arguments) in
      guard let number = arguments[number] else { return .object(FrameObject(try rows(of: result))) }
      guard result.tables.indices.contains(number - 1) else {
        throw ScriptError.invalidParameter(
          "option 'number' is \(number), but this result prints \(result.tables.count) tables")
      }
      return .object(FrameObject(result.tables[number - 1]))
    }
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
        result: "the path", errors: ["FileError", "InvalidParameter", "Interrupted"],
        example: "solution:save(\"bids.csv\")")
    ) { (result: ResultObject, arguments) in
      let path = arguments[path]
      let cancellation = arguments.stack.machine.cancellation
      switch path.split(separator: ".").last {
      case "csv": try rows(of: result).save(.csv, to: path, cancellation: cancellation)
      case "jsonl": try rows(of: result).save(.jsonl, to: path, cancellation: cancellation)
      case "json": try TextFile.write(try JSONText.pretty(.record(result.fields)) + "\n", to: path)
      default:
        throw ScriptError.invalidParameter("'\(path)' must end in .json, .jsonl or .csv, to say how to write it")
      }
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
