import Core
import Foundation
import Tensor

/// Federations on disk.
enum CheckpointFunctions {
  /// `federation:save`.
  static var save: Function {
    let path = Parameter<String>.string("path", "the file to write, as a whole or not at all")
    return .method(
      Signature(
        "federation:save", "Writes a checkpoint, from which fl.load goes on bit by bit.", [path],
        result: "the path; the data set is not in the file, nor a Lua rule, but what the rule remembers is",
        errors: ["FileError", "InvalidParameter"], example: "fed:save(\"federation.ckp\")")
    ) { (object: FederationObject, arguments) in
      let bytes = try Checkpoint(
        object.federation, history: object.rounds, ruleMemory: object.ruleMemory()?.encode() ?? []
      ).encode()
      try TextFile.write(bytes, to: arguments[path])
      return .string(arguments[path])
    }
  }

  /// `federation:save_weights`.
  static var saveWeights: Function {
    let path = Parameter<String>.string("path", "the file to write, usually ending in .safetensors")
    return .method(
      Signature(
        "federation:save_weights", "Writes the model in the safetensors format, which Python reads.", [path],
        result: "the path; names are those of a torch.nn.Sequential of the same layers", errors: ["FileError"],
        example: "fed:save_weights(\"model.safetensors\")")
    ) { (object: FederationObject, arguments) in
      let model = object.federation.model
      let bytes = try SafeTensors.encode(
        model.safeTensors, metadata: ["format": "pt", "architecture": "\(model.architecture)"])
      try TextFile.write(bytes, to: arguments[path])
      return .string(arguments[path])
    }
  }

  /// `federation:load_weights`.
  static var loadWeights: Function {
    let path = Parameter<String>.string("path", "a file in the safetensors format, of the same names and shapes")
    return .method(
      Signature(
        "federation:load_weights", "Puts the numbers of a file in place of the model's.", [path],
        result: "nothing; the server's memory stays as it is", errors: ["FileError", "InvalidData", "ShapeMismatch"],
        example: "fed:load_weights(fed:save_weights(\"model.safetensors\"))")
    ) { (object: FederationObject, arguments) in
      let entries = try SafeTensors.decode(TextFile.bytes(of: arguments[path]), path: arguments[path])
      try object.replaceModel(object.federation.model.loading(entries, path: arguments[path]))
      return .none
    }
  }

  /// `fl.load`.
  static func load(_ context: RunContext) -> Function {
    let path = Parameter<String>.string("path", "a file that fed:save wrote")
    let data = Parameter<DataSetObject>.object(
      "data", "what the federation trained on, made with the same options", "a data set, such as data.mnist{}")
    return Function(
      Signature(
        "fl.load", "A federation from its checkpoint, to train on as if it had never stopped.", [path, data],
        result: "a federation with its history", errors: ["FileError", "InvalidData", "ShapeMismatch"],
        example: """
          mine = fl.federation{ data = digits, clients = 3 }
          again = fl.load(mine:save("federation.ckp"), digits)
          """)
    ) { arguments in
      let path = arguments[path]
      let bytes = try TextFile.bytes(of: path)
      let checkpoint = try Checkpoint(
        decoding: bytes, path: path, data: arguments[data].data, threads: context.threads)
      return .object(
        FederationObject(
          checkpoint.federation, rounds: checkpoint.history, ruleMemory: try ruleMemory(checkpoint, path)))
    }
  }

  /// What a rule written in Lua remembered.
  private static func ruleMemory(_ checkpoint: Checkpoint, _ path: String) throws -> RuleMemory? {
    guard !checkpoint.ruleMemory.isEmpty else { return nil }
    guard let memory = try? RuleMemory(decoding: checkpoint.ruleMemory), case .table = memory else {
      throw CheckpointError.damaged(path: path)
    }
    return memory
  }
}
