import CLuaShim
import Solvers

/// A Lua function of everybody's strategies, the game's parameters and who asks: what a player wants to be large.
///
/// It can be called with numbers, or traced: called once with symbols, which write down what it computes.
struct UtilityFunction {
  let function: LuaReference
  let machine: LuaMachine
  /// How the strategies are arranged for it, the game's variables in their places.
  let strategies: Argument
  /// For variables that are places in a list of numbers, from 0: the list. The function sees the number.
  let choices: [Int: [Double]]
  let parameters: Argument
  /// Counted from 1, as scripts count; nil outside a game.
  let player: Int?
  /// What to call it in errors: "the utility of player 'A'".
  let title: String

  /// Its value at numbers.
  /// - Throws: what the function raises; `InvalidParameter` unless it gives a number.
  func value(at point: [Double]) throws -> Double {
    let seen = point.enumerated().map { place, value in
      LuaValue.number(choices[place].map { $0[min(max(Int(value), 0), $0.count - 1)] } ?? value)
    }
    let result = try call(with: seen)
    switch result {
    case .number(let value): return value
    case .integer(let value): return Double(value)
    default: throw notANumber(result)
    }
  }

  /// What it gives for any values in the places of its variables.
  func call(with variables: [LuaValue]) throws -> LuaValue {
    let arguments = [strategies.value(variables), parameters.value([]), player.map { .integer($0) } ?? .none]
    return try machine.call(function, arguments, results: 1).first ?? .none
  }

  func notANumber(_ value: LuaValue) -> ScriptError {
    let given =
      switch value {
      case .none: "nothing"
      case .boolean(let value): String(value)
      case .string(let text): "the string \"\(text.prefix(40))\""
      case .object(let object): "a \(Swift.type(of: object).typeName)"
      default: "a table"
      }
    return .invalidParameter(
      "\(title) must return a number, but gives \(given)",
      hint: "does every way through the function end in 'return' and a number?")
  }
}

/// A utility function that is called point by point, its derivatives by differences.
final class CalledPayoff: PayoffFunction {
  private let utility: UtilityFunction
  let variableCount: Int

  init(_ utility: UtilityFunction, variableCount: Int) {
    self.utility = utility
    self.variableCount = variableCount
  }

  func value(at point: [Double]) throws -> Double { try utility.value(at: point) }
}
