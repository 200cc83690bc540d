import Tensor

/// A number that is not known yet: what a traced function computes with, and by that writes down what it computes.
final class SymbolObject: ScriptObject {
  static let typeName = "symbol"
  let formula: Formula

  init(_ formula: Formula) { self.formula = formula }

  static var type: ObjectType {
    ObjectType(
      SymbolObject.self,
      "a number that is not known yet, in a function that is being traced; + - * / ^ and math.exp, log, sqrt, abs, min, "
        + "max, sin, cos, floor work on it",
      arithmetic: ObjectArithmetic(events: ObjectArithmetic.Event.allCases, compute: compute),
      describe: { $0.formula.constantValue.map { "symbol \(NumberFormat.readable($0))" } ?? "symbol" })
  }

  private static func compute(_ event: ObjectArithmetic.Event, _ stack: LuaStack) throws -> LuaValue {
    switch event {
    case .less, .lessOrEqual:
      throw ScriptError.invalidParameter(
        "a traced function cannot branch on '\(event.symbol)': its numbers are not known yet",
        hint: "write game.where(a, \"\(event.symbol)\", b, this, that), or ask for plain calls with trace = false")
    case .remainder, .concatenate:
      throw ScriptError.invalidParameter(
        "'\(event.symbol)' does not work in a traced function", hint: "ask for plain calls with trace = false")
    default: break
    }
    switch (SymbolOperand(stack, 1), SymbolOperand(stack, 2)) {
    case (.symbol(let formula), _) where event == .negate: return .symbol(-formula)
    case (.symbol(let left), .symbol(let right)): return .symbol(try combine(event, left, right))
    case (.symbol(let left), .number(let right)): return .symbol(combine(event, left, right))
    case (.number(let left), .symbol(let right)):
      return .symbol(try combine(event, right.graph.constant(left), right))
    default:
      throw ScriptError.invalidParameter(
        "arithmetic in a traced function takes numbers, got "
          + "\(ValueSketch.of(stack, 1)) \(event.symbol) \(ValueSketch.of(stack, 2))")
    }
  }

  private static func combine(_ event: ObjectArithmetic.Event, _ left: Formula, _ right: Formula) throws -> Formula {
    switch event {
    case .add: try left + right
    case .subtract: try left - right
    case .multiply: try left * right
    case .divide: try left / right
    case .floorDivide: floor(try left / right)
    default: try left.power(right)
    }
  }

  private static func combine(_ event: ObjectArithmetic.Event, _ left: Formula, _ right: Double) -> Formula {
    switch event {
    case .add: left + right
    case .subtract: left - right
    case .multiply: left * right
    case .divide: left / right
    case .floorDivide: floor(left / right)
    default: left.power(right)
    }
  }
}

/// A number or a symbol.
enum SymbolOperand {
  case number(Double)
  case symbol(Formula)

  init?(_ stack: LuaStack, _ index: Int32) {
    if stack.kind(at: index) == .number {
      self = .number(stack.number(at: index))
    } else if let object = stack.object(at: index) as? SymbolObject {
      self = .symbol(object.formula)
    } else {
      return nil
    }
  }

  /// As a formula of the graph that another one belongs to.
  func formula(in graph: FormulaGraph) -> Formula {
    switch self {
    case .number(let value): graph.constant(value)
    case .symbol(let formula): formula
    }
  }

  var graph: FormulaGraph? {
    if case .symbol(let formula) = self { formula.graph } else { nil }
  }
}

extension LuaValue {
  static func symbol(_ formula: Formula) -> LuaValue { .object(SymbolObject(formula)) }
}
