import Solvers
import Tensor

/// A Lua function of numbers in tables, to be evaluated with exact derivatives at native speed.
///
/// What the tables look like is known when it is called; it is traced then, and again only for tables of another form or
/// for other parameters.
final class UtilityObject: ScriptObject {
  static let typeName = "utility"
  let function: LuaReference
  let machine: LuaMachine
  let isTraced: Bool
  private var last: (strategies: Argument, parameters: Argument, payoff: any PayoffFunction)?

  init(_ function: LuaReference, machine: LuaMachine, isTraced: Bool) {
    self.function = function
    self.machine = machine
    self.isTraced = isTraced
  }

  /// The function for arguments of a form, and their numbers.
  func payoff(_ x: LuaValue, _ p: LuaValue) throws -> (payoff: any PayoffFunction, form: Argument, point: [Double]) {
    guard case .reference(let reference) = x else {
      throw ScriptError.invalidParameter("option 'x' must be a table of numbers")
    }
    reference.push()
    defer { reference.stack.pop() }
    let (form, point) = try Argument.read(reference.stack, at: reference.stack.count).variables
    guard !point.isEmpty else { throw ScriptError.invalidParameter("option 'x' holds no number") }
    let parameters = try GameFunctions.read(p)
    if let last, last.strategies == form, last.parameters == parameters { return (last.payoff, form, point) }
    let utility = UtilityFunction(
      function: function, machine: machine, strategies: form, choices: [:], parameters: parameters, player: nil,
      title: "the function")
    let payoff: any PayoffFunction
    if isTraced {
      let traced = try TracedPayoff(utility, variableCount: point.count)
      try TraceCheck.run(utility, traced, at: [point])
      payoff = traced
    } else {
      payoff = CalledPayoff(utility, variableCount: point.count)
    }
    last = (form, parameters, payoff)
    return (payoff, form, point)
  }
}
