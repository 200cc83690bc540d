import CLuaShim
import Tensor

/// The global functions: help and its parts, inspect, display, clear_output, seed, time, bench.
enum Words {
  static func all(_ machine: LuaMachine, _ context: RunContext) -> [Function] {
    HelpWords(machine: machine, context: context).all + [inspect(machine, context)] + DisplayWords.all(context)
      + [seed(machine, context)] + Timing.words(machine)
  }

  private static func inspect(_ machine: LuaMachine, _ context: RunContext) -> Function {
    let value = Parameter<LuaValue>.any("value", "what to show")
    return .raw(
      Signature(
        "inspect", "A value as text, tables with all that they hold and keys in sorted order.", [value],
        result: "a string", example: "print(inspect{ b = 1, a = { 2, 3 } })")
    ) { stack in
      var printer = ValuePrinter()
      printer.width = context.options.width
      printer.maximumItems = 1000
      printer.maximumDepth = 40
      if stack.count == 0 { return [.string("nil")] }
      return [.string(printer.text(stack, 1))]
    }
  }

  private static func seed(_ machine: LuaMachine, _ context: RunContext) -> Function {
    let number = Parameter<Int>.integer("number", "the new seed", domain: .nonNegative).optional("leaves it")
    return Function(
      Signature(
        "seed", "Sets the run's seed, from which all randomness derives, and gives it back.", [number],
        result: "the seed in force", example: "seed(7)")
    ) { arguments in
      if let number = arguments[number] {
        context.seed = UInt64(number)
        StandardOverrides.reseed(machine, context)
      }
      return .integer(Int(truncatingIfNeeded: context.seed))
    }
  }
}
