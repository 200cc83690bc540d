import Core
import Foundation
import Tensor

/// `json`: reading and writing.
enum JSONModule {
  static var module: Module {
    Module(name: "json", summary: "JSON texts and files, plain or gzip", functions: [parse, text, load, save])
  }

  private static var null: Parameter<LuaValue> {
    .value(
      "null", "what stands for null, so that it does not leave a hole in a list", "any value", default: LuaValue.none,
      defaultText: "nil")
  }

  private static var parse: Function {
    let text = Parameter<String>.string("text", "a JSON text")
    return Function(
      Signature(
        "json.parse", "Reads a JSON text; whole numbers stay whole, null becomes nil.", [text, null],
        result: "the value",
        errors: ["MalformedJSON"], example: "json.parse('{\"a\": [1, 2.5]}').a[2]")
    ) { arguments in JSONText.value(try JSON.parse(arguments[text]), null: arguments[null]) }
  }

  private static var text: Function {
    let value = Parameter<LuaValue>.any("value", "numbers, strings, booleans and tables of them")
    let pretty = Parameter<Bool>.boolean("pretty", "on several lines", default: false)
    return .raw(
      Signature(
        "json.text", "Writes a value as JSON, with keys in sorted order.", [value, pretty], result: "a string",
        errors: ["InvalidParameter", "Interrupted"], example: "json.text{ b = 1, a = { 2, 3 } }")
    ) { stack in
      let json = stack.count == 0 ? .null : try JSONText.json(stack, 1)
      let isPretty = stack.count > 1 && stack.kind(at: 2) == .boolean && stack.value(at: 2).isTrue
      let cancellation = stack.machine.cancellation
      return [
        .string(isPretty ? try json.pretty(cancellation: cancellation) : try json.compact(cancellation: cancellation))
      ]
    }
  }

  private static var load: Function {
    let path = Parameter<String>.string("path", "a file, plain or gzip")
    return Function(
      Signature(
        "json.load", "Reads a JSON file.", [path, null], result: "the value",
        errors: ["MissingData", "InvalidData", "MalformedJSON"],
        example: "json.load(\"cases.json\")")
    ) { arguments in
      JSONText.value(
        try JSON.parse(Data(try CompressedFile.contents(of: arguments[path]))), null: arguments[null])
    }
  }
}

extension JSONModule {
  private static var save: Function {
    let path = Parameter<String>.string("path", "the file to write")
    let value = Parameter<JSON>.json("value", "a table of numbers, strings, booleans and such tables")
    return Function(
      Signature(
        "json.save", "Writes a table as a JSON file, on several lines, with keys in sorted order.", [path, value],
        result: "the path", errors: ["FileError", "InvalidParameter", "Interrupted"],
        example: "json.save{ path = \"prices.json\", value = { digits = 12.5 } }")
    ) { arguments in
      let text = try arguments[value].pretty(cancellation: arguments.stack.machine.cancellation)
      try TextFile.write(text + "\n", to: arguments[path])
      return .string(arguments[path])
    }
  }
}

extension LuaValue {
  var isTrue: Bool {
    if case .boolean(true) = self { true } else { false }
  }
}
