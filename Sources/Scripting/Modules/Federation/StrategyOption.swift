import Core
import Solvers

/// What members play: one solution of the game for all rounds, or a function that solves it anew before each.
enum StrategyOption {
  case solution(ResultObject)
  case function(LuaReference, LuaMachine)

  static var parameter: Parameter<StrategyOption> {
    let words = "a result of game.iisg, or a function of the federation that gives one"
    return Parameter(
      name: "strategy", summary: "whose iterations and privacy budgets the members play", typeName: words, unit: nil,
      domain: nil, fallback: nil, fallbackText: nil, choices: []
    ) { stack, index in
      if stack.kind(at: index) == .function {
        return .function(LuaReference(stack.machine, at: index), stack.machine)
      }
      guard let result = stack.object(at: index) as? ResultObject else { throw Mismatch(words, stack, index) }
      return .solution(result)
    }
  }

  /// The members' plans for the next round.
  /// - Throws: what the function raises; `InvalidParameter` when it gives no solution.
  func plans(for federation: FederationObject) throws -> [MemberPlan] {
    switch self {
    case .solution(let result): return try Self.plans(of: result)
    case .function(let function, let machine):
      guard case .object(let object)? = try machine.call(function, [.object(federation)], results: 1).first,
        let result = object as? ResultObject
      else { throw ScriptError.invalidParameter("the function 'strategy' must return a result of game.iisg") }
      return try Self.plans(of: result)
    }
  }

  private static func plans(of result: ResultObject) throws -> [MemberPlan] {
    guard let equilibrium = result.payload as? IncentiveEquilibrium else {
      throw ScriptError.invalidParameter("option 'strategy' must be a result of game.iisg, got \(result.title)")
    }
    return zip(equilibrium.members.iterations, equilibrium.members.privacyBudgets).map {
      MemberPlan(iterations: $0, epsilon: $1)
    }
  }
}
