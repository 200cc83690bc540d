import CLuaShim
import Tensor

/// A Swift function that Lua can call, as the shim's trampoline finds it.
final class NativeFunction {
  /// The declaration, for functions that users see.
  let signature: Signature?
  private unowned(unsafe) let machine: LuaMachine
  private let name: String
  private let body: (LuaStack) throws -> Int32

  init(
    machine: LuaMachine, name: String, signature: Signature? = nil, body: @escaping (LuaStack) throws -> Int32
  ) {
    self.machine = machine
    self.name = name
    self.signature = signature
    self.body = body
  }

  /// Runs the body on the arguments of the current call; the number of results, or -1 with an error value on top.
  func call(on state: LuaState) -> Int32 {
    machine.onStack(of: state) { callGuarded(LuaStack(machine: machine)) }
  }

  private func callGuarded(_ stack: LuaStack) -> Int32 {
    do {
      return try body(stack)
    } catch let failure as LuaFailure {
      failure.value.push()
    } catch let cancelled as Cancelled {
      flnft_push_error(stack.state, cancelled.kind, cancelled.message, nil)
    } catch let error as any Diagnosable {
      let prefix = signature.map { "\($0.name): " } ?? ""
      flnft_push_error(stack.state, error.kind, prefix + error.message, error.hint)
    } catch {
      flnft_push_error(stack.state, "Error", "\(name): \(error)", nil)
    }
    return -1
  }
}
