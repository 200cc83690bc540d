import CLuaShim
import Solvers

/// A machine of its own in which functions of another are copied with all that they refer to, so that one more thread can
/// call them.
///
/// Copies can read what came along, and not write to it; whatever they could notice about being copies makes them
/// unfaithful, and their answers void. See the shim's function_copy.c.
final class FunctionCopies {
  let machine: LuaMachine
  private let original: LuaMachine

  /// - Throws: `ReplicaObstacle` when there is no memory for a state.
  init(of original: LuaMachine) throws(ReplicaObstacle) {
    guard let machine = try? LuaMachine(memoryLimit: original.memoryLimit) else {
      throw ReplicaObstacle("there is no memory for another machine")
    }
    self.machine = machine
    self.original = original
    machine.holdsCopies = true
    StandardOverrides.installForCopies(in: machine)
  }

  deinit { machine.close() }

  /// - Parameter draws: whether the function may use `math.random`, which is then the copies' machine's.
  /// - Throws: `ReplicaObstacle`.
  func copy(_ function: LuaReference, draws: Bool = false) throws(ReplicaObstacle) -> LuaReference {
    guard lua_checkstack(original.state, 4) != 0, lua_checkstack(machine.state, 4) != 0 else {
      throw ReplicaObstacle("there is no room on the stack")
    }
    function.push()
    defer { original.stack.pop() }
    var words = [CChar](repeating: 0, count: 200)
    guard flnft_copy_function(original.state, -1, machine.state, draws, &words, words.count) else {
      let bytes = words.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      throw ReplicaObstacle(String(decoding: bytes, as: UTF8.self))
    }
    defer { machine.stack.pop() }
    return LuaReference(machine, at: -1)
  }

  func copyIfGiven(_ function: LuaReference?) throws(ReplicaObstacle) -> LuaReference? {
    guard let function else { return nil }
    return try copy(function)
  }

  /// What is made of copies here, with what a thread has to know of them.
  func replica<Copied>(_ copied: Copied) -> Replica<Copied> {
    Replica(
      copied, enter: { self.machine.enterCopies() }, leave: { self.machine.leaveCopies() },
      isFaithful: { flnft_copies_are_faithful(self.machine.state) })
  }
}
