import CLuaShim
import Tensor

/// A declared function with its body: what a module or a type offers to scripts.
struct Function {
  let signature: Signature
  private let body: (LuaStack, Signature) throws -> [LuaValue]
  private let scalar: ScalarPath?

  /// A function of checked arguments.
  init(_ signature: Signature, _ body: @escaping (Arguments) throws -> LuaValue) {
    self.signature = signature
    self.body = { stack, signature in [try body(try Arguments(stack, signature))] }
    scalar = nil
  }

  /// A method of a type: the object first, then checked arguments.
  static func method<Object: ScriptObject>(
    _ signature: Signature, _ body: @escaping (Object, Arguments) throws -> LuaValue
  ) -> Function {
    Function(signature: signature, scalar: nil) { stack, signature in
      guard stack.count > 0, let object = stack.object(at: 1) as? Object else {
        throw ScriptError.invalidParameter(
          "must be called on a \(Object.typeName) with a colon", hint: "write \(signature.name){ ... }")
      }
      return [try body(object, try Arguments(stack, signature, from: 2))]
    }
  }

  /// A function of two numbers, which calls with two plain numbers reach without reading any table. `direct` answers NaN
  /// for what `body` would refuse.
  init(
    _ signature: Signature, direct: @escaping @convention(c) (Double, Double) -> Double,
    _ body: @escaping (Arguments) throws -> LuaValue
  ) {
    self.init(signature: signature, scalar: ScalarPath(arity: 2, function: unsafeBitCast(direct, to: CFunction.self))) {
      stack, signature in [try body(try Arguments(stack, signature))]
    }
  }

  /// A function that reads the stack itself: words that take any number of values.
  static func raw(_ signature: Signature, _ body: @escaping (LuaStack) throws -> [LuaValue]) -> Function {
    Function(signature: signature, scalar: nil) { stack, _ in try body(stack) }
  }

  private init(
    signature: Signature, scalar: ScalarPath?, body: @escaping (LuaStack, Signature) throws -> [LuaValue]
  ) {
    self.signature = signature
    self.scalar = scalar
    self.body = body
  }

  private typealias CFunction = @convention(c) () -> Void
  private struct ScalarPath {
    let arity: Int32
    let function: CFunction
  }

  /// Pushes the function onto the machine's stack.
  func push(to machine: LuaMachine, skippingFirstArgument: Bool = false) {
    let signature = signature
    let body = body
    let context = machine.register(
      NativeFunction(machine: machine, name: signature.name, signature: signature) { stack in
        if skippingFirstArgument, stack.count > 0 {
          lua_rotate(stack.state, 1, -1)
          stack.pop()
        }
        let results = try body(stack, signature)
        for result in results { stack.push(result) }
        return Int32(results.count)
      })
    if let scalar {
      flnft_push_scalar_function(machine.state, context, scalar.arity, scalar.function)
    } else {
      flnft_push_function(machine.state, context)
    }
  }
}
