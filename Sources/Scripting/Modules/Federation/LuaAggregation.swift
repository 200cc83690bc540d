import CLuaShim
import Core
import Tensor

/// A server's rule written in Lua: `aggregate = function(updates, state) ... return tensor end`.
///
/// `updates` is a list of tables with member, weight, steps, learning_rate and parameters, a tensor; `state` is one table
/// for all rounds of a federation, in which global (a tensor) and round are set before each call and the rest is the
/// function's own.
struct LuaAggregation {
  let function: LuaReference
  let machine: LuaMachine
  let state: LuaReference

  /// - Throws: what the function raises; `InvalidParameter` unless it gives a tensor of the model's size.
  func aggregate(global: [Float], updates: [ClientUpdate], round: Int) throws -> [Float] {
    let stack = machine.stack
    state.push()
    for (name, value) in [("global", try Self.tensor(global)), ("round", .integer(round))] {
      stack.push(name)
      stack.push(value)
      lua_rawset(machine.state, -3)
    }
    stack.pop()
    let list = try updates.map { update in
      LuaValue.record([
        "member": .integer(update.member + 1), "weight": .number(update.weight), "steps": .integer(update.steps),
        "learning_rate": .number(update.learningRate), "parameters": try Self.tensor(update.parameters),
      ])
    }
    let values = try machine.call(function, [.list(list), .reference(state)], results: 1)
    guard case .object(let object)? = values.first, let tensor = (object as? TensorObject)?.tensor else {
      throw ScriptError.invalidParameter("the function 'aggregate' must return a tensor, the new model")
    }
    guard tensor.elements.count == global.count else {
      throw ScriptError.shapeMismatch(
        "the function 'aggregate' must return \(global.count) numbers, got \(tensor.elements.count)")
    }
    guard tensor.elements.allSatisfy(\.isFinite) else {
      throw ScriptError.invalidParameter("the function 'aggregate' returned numbers that are not finite")
    }
    return tensor.elements
  }

  private static func tensor(_ values: [Float]) throws -> LuaValue {
    .object(TensorObject(try Tensor(shape: [values.count], elements: values)))
  }

  /// A table of its own for the function's memory.
  ///
  /// - Parameter kept: what `memory` made of an earlier one.
  static func newState(_ machine: LuaMachine, _ kept: RuleMemory?) throws -> LuaReference {
    try (kept ?? .table([])).push(machine.stack)
    defer { machine.stack.pop() }
    return LuaReference(machine, at: machine.stack.count)
  }

  /// The function's own part of the memory.
  ///
  /// - Throws: `InvalidParameter` when it holds what no file can.
  static func memory(of state: LuaReference) throws -> RuleMemory {
    state.push()
    defer { state.stack.pop() }
    return try RuleMemory(state.stack, state.stack.count, name: "state", omitting: ["global", "round"])
  }
}
