import CLuaShim
import Tensor

/// Lua's own mathematical functions, for symbols.
enum SymbolMathematics {
  static func install(in machine: LuaMachine) {
    unary("exp", in: machine) { exp($0) }
    unary("sqrt", in: machine) { sqrt($0) }
    unary("abs", in: machine) { abs($0) }
    unary("sin", in: machine) { sin($0) }
    unary("cos", in: machine) { cos($0) }
    unary("tan", in: machine) { try sin($0) / cos($0) }
    unary("floor", in: machine) { floor($0) }
    unary("ceil", in: machine) { -floor(-$0) }
    extend("log", in: machine) { stack in
      let operands = try operands(of: "log", stack, 1...2)
      guard operands.count == 2 else { return log(operands[0]) }
      return try log(operands[0]) / log(operands[1])
    }
    fold("min", in: machine) { try min($0, $1) }
    fold("max", in: machine) { try max($0, $1) }
    for name in ["asin", "acos", "atan", "fmod", "modf", "tointeger", "ult"] {
      extend(name, in: machine) { _ in
        throw ScriptError.invalidParameter(
          "math.\(name) does not work in a traced function", hint: "ask for plain calls with trace = false")
      }
    }
  }

  private static func unary(_ name: String, in machine: LuaMachine, _ body: @escaping (Formula) throws -> Formula) {
    extend(name, in: machine) { stack in try body(try operands(of: name, stack, 1...1)[0]) }
  }

  private static func fold(
    _ name: String, in machine: LuaMachine, _ body: @escaping (Formula, Formula) throws -> Formula
  ) {
    extend(name, in: machine) { stack in
      let operands = try operands(of: name, stack, 1...1000)
      return try operands.dropFirst().reduce(operands[0], body)
    }
  }

  private static func extend(
    _ name: String, in machine: LuaMachine, _ body: @escaping (LuaStack) throws -> Formula
  ) {
    let function = NativeFunction(machine: machine, name: "math.\(name)") { stack in
      stack.push(.symbol(try body(stack)))
      return 1
    }
    _ = flnft_extend_function(machine.state, "math", name, machine.register(function))
  }

  /// All arguments as formulas of one graph.
  private static func operands(of name: String, _ stack: LuaStack, _ counts: ClosedRange<Int>) throws -> [Formula] {
    let operands = (0..<stack.count).map { SymbolOperand(stack, $0 + 1) }
    guard counts.contains(operands.count), let graph = operands.lazy.compactMap({ $0?.graph }).first else {
      throw ScriptError.invalidParameter(
        "math.\(name) takes \(counts.lowerBound == counts.upperBound ? "one number" : "numbers"), got \(operands.count)"
      )
    }
    return try operands.enumerated().map { place, operand in
      guard let operand else {
        throw ScriptError.invalidParameter("math.\(name) takes numbers, got \(ValueSketch.of(stack, Int32(place + 1)))")
      }
      return operand.formula(in: graph)
    }
  }
}
