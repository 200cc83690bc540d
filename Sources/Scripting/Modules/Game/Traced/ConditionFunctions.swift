import Tensor

/// Choices that a traced function can make.
enum ConditionFunctions {
  static var all: [Function] { [choice, comparison] }

  /// The comparisons, as scripts write them.
  private enum Comparison: String, CaseIterable {
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case equal = "=="
    case different = "~="

    func holds(_ left: Double, _ right: Double) -> Bool {
      switch self {
      case .less: left < right
      case .lessOrEqual: left <= right
      case .greater: left > right
      case .greaterOrEqual: left >= right
      case .equal: left == right
      case .different: left != right
      }
    }

    func holds(_ left: Formula, _ right: Formula) throws -> Formula {
      switch self {
      case .less: try left .< right
      case .lessOrEqual: try left .<= right
      case .greater: try left .> right
      case .greaterOrEqual: try left .>= right
      case .equal: try left .== right
      case .different: try left .!= right
      }
    }
  }

  private static var choice: Function {
    let words = Parameter<LuaValue>.any(
      "arguments", "a condition and two numbers, or a, a comparison, b and two numbers")
    return .raw(
      Signature(
        "game.where",
        "One of two numbers: the first where the condition holds. In a traced function it takes the place of 'if'.",
        [words], result: "a number", errors: ["InvalidParameter"],
        example: """
          game.where(2, "<", 3, "cheap", "dear")
          game.utility(function(x) return game.where(x.k, ">", 5, 10 - x.k, x.k) end)
          """)
    ) { stack in
      switch stack.count {
      case 3: return [try selected(condition(stack, 1), stack, 2, 3)]
      case 5: return [try selected(try compared(stack), stack, 4, 5)]
      default:
        throw ScriptError.invalidParameter(
          "takes a condition and two values, or two numbers with a comparison between them and two values, got "
            + "\(stack.count) arguments", hint: "game.where(x.k, \">\", 5, 1, 0)")
      }
    }
  }

  private static var comparison: Function {
    let words = Parameter<LuaValue>.any("arguments", "a, a comparison and b")
    return .raw(
      Signature(
        "game.compare",
        "1 where a comparison (<, <=, >, >=, ==, ~=) holds, 0 where not. In a traced function it stands for a condition.",
        [words], result: "1 or 0", errors: ["InvalidParameter"], example: "game.compare(2, \"<\", 3)")
    ) { stack in
      guard stack.count == 3 else {
        throw ScriptError.invalidParameter("takes a, a comparison and b, got \(stack.count) arguments")
      }
      switch try compared(stack) {
      case .known(let holds): return [.integer(holds ? 1 : 0)]
      case .open(let formula): return [.symbol(formula)]
      }
    }
  }

  private enum Condition {
    case known(Bool)
    case open(Formula)
  }

  private static func condition(_ stack: LuaStack, _ index: Int32) throws -> Condition {
    switch stack.kind(at: index) {
    case .boolean:
      if case .boolean(let holds) = stack.value(at: index) { return .known(holds) }
      return .known(false)
    case .number: return .known(stack.number(at: index) != 0)
    default:
      guard case .symbol(let formula)? = SymbolOperand(stack, index) else {
        throw ScriptError.invalidParameter(
          "the condition must be true, false or a number, got \(ValueSketch.of(stack, index))")
      }
      return .open(formula)
    }
  }

  /// The comparison of what stands at 1 with what stands at 3.
  private static func compared(_ stack: LuaStack) throws -> Condition {
    guard let comparison = Comparison(rawValue: stack.displayText(at: 2)) else {
      throw ScriptError.invalidParameter(
        "the comparison must be one of <, <=, >, >=, == and ~=, got \(ValueSketch.of(stack, 2))")
    }
    guard let left = SymbolOperand(stack, 1), let right = SymbolOperand(stack, 3) else {
      throw ScriptError.invalidParameter(
        "a comparison takes numbers, got \(ValueSketch.of(stack, 1)) and \(ValueSketch.of(stack, 3))")
    }
    if case .number(let left) = left, case .number(let right) = right { return .known(comparison.holds(left, right)) }
    guard let graph = left.graph ?? right.graph else { return .known(false) }
    return .open(try comparison.holds(left.formula(in: graph), right.formula(in: graph)))
  }

  private static func selected(_ condition: Condition, _ stack: LuaStack, _ first: Int32, _ second: Int32) throws
    -> LuaValue
  {
    switch condition {
    case .known(let holds): return stack.value(at: holds ? first : second)
    case .open(let formula):
      guard let this = SymbolOperand(stack, first), let that = SymbolOperand(stack, second) else {
        throw ScriptError.invalidParameter(
          "both values must be numbers where the condition is not known yet, got \(ValueSketch.of(stack, first)) and "
            + ValueSketch.of(stack, second))
      }
      return .symbol(try `where`(formula, this.formula(in: formula.graph), that.formula(in: formula.graph)))
    }
  }
}
