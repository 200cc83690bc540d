import Solvers

/// The words by which scripts say what a player may choose from.
enum StrategyFunctions {
  static var all: [Function] { [interval, integers, choices, box, simplex, budget] }

  private static let errors = ["InvalidParameter", "NotFinite", "EmptyInput", "ShapeMismatch", "Infeasible"]
  private static let low = Parameter<Double>.number("low", "the least", domain: .finite)
  private static let high = Parameter<Double>.number("high", "the greatest", domain: .finite)
  private static let size = Parameter<Int>.integer(
    "size", "how many numbers a strategy has", domain: .between(1, 10_000))

  private static var interval: Function {
    Function(
      Signature(
        "game.interval", "A player chooses one number from low to high.", [low, high], result: "strategies",
        errors: errors, example: "game.interval(0, 10)")
    ) { arguments in
      .object(try interval(arguments[low], arguments[high]))
    }
  }

  /// What `{ low, high }` stands for.
  static func interval(_ low: Double, _ high: Double) throws -> StrategyObject {
    StrategyObject(
      try .interval(low, high), .number, "a number from \(NumberFormat.readable(low)) to \(NumberFormat.readable(high))"
    )
  }

  private static var integers: Function {
    let low = Parameter<Int>.integer("low", "the least", domain: .between(-9e15, 9e15))
    let high = Parameter<Int>.integer("high", "the greatest", domain: .between(-9e15, 9e15))
    return Function(
      Signature(
        "game.integers", "A player chooses a whole number from low to high.", [low, high], result: "strategies",
        errors: errors, example: "game.integers(1, 40)")
    ) { arguments in
      let (low, high) = (arguments[low], arguments[high])
      return .object(
        StrategyObject(
          try .integers(lower: [Double(low)], upper: [Double(high)]), .number, "a whole number from \(low) to \(high)"))
    }
  }

  private static var choices: Function {
    let values = Parameter.numbers("values", "what there is to choose from, each once")
    return Function(
      Signature(
        "game.choices", "A player chooses one of a few numbers.", [values], list: "values", result: "strategies",
        errors: errors, example: "game.choices{ 0.5, 1, 2 }")
    ) { arguments in
      let values = arguments[values]
      guard values.allSatisfy(\.isFinite) else { throw ScriptError.invalidParameter("choices must be finite numbers") }
      guard Set(values).count == values.count else {
        throw ScriptError.invalidParameter("the same number stands twice among the choices")
      }
      return .object(
        StrategyObject(try .choice(of: values.count), .choice(values), "one of \(NumberFormat.list(values))"))
    }
  }

  private static var box: Function {
    let lower = Parameter.numbers("lower", "the least of each number")
    let upper = Parameter.numbers("upper", "the greatest of each number")
    return Function(
      Signature(
        "game.box", "A player chooses several numbers, each between bounds of its own.", [lower, upper],
        result: "strategies", errors: errors, example: "game.box{ lower = { 0, 0 }, upper = { 1, 5 } }")
    ) { arguments in
      let set = try StrategySet.box(lower: arguments[lower], upper: arguments[upper])
      return .object(StrategyObject(set, .list(set.dimension), "\(set.dimension) numbers between bounds"))
    }
  }

  private static var simplex: Function {
    let total = Parameter<Double>.number("total", "what they add up to", default: 1, domain: .money)
    return Function(
      Signature(
        "game.simplex", "A player splits a total: numbers of at least 0 that add up to it.", [size, total],
        result: "strategies", errors: errors, example: "game.simplex{ size = 3, total = 100 }")
    ) { arguments in
      let (count, total) = (arguments[size], arguments[total])
      return .object(
        StrategyObject(
          try .simplex(count: count, total: total), .list(count),
          "\(count) numbers of at least 0 that add up to \(NumberFormat.readable(total))"))
    }
  }

  private static var budget: Function {
    let limit = Parameter<Double>.number("limit", "what may be spent", domain: .money)
    let weights = Parameter.numbers("prices", "what a unit of each costs").optional("1 each")
    let upper = Parameter.numbers("upper", "the greatest of each number").optional("what the limit pays for")
    return Function(
      Signature(
        "game.budget", "A player spends at most a limit on several things: numbers of at least 0.",
        [size, limit, weights, upper], result: "strategies", errors: errors,
        example: "game.budget{ size = 3, limit = 100, prices = { 1, 2, 5 } }")
    ) { arguments in
      let (count, limit) = (arguments[size], arguments[limit])
      let prices = arguments[weights] ?? Array(repeating: 1, count: count)
      for (name, list) in [("prices", prices), ("upper", arguments[upper] ?? prices)] where list.count != count {
        throw ScriptError.shapeMismatch("option '\(name)' needs \(count) numbers, got \(list.count)")
      }
      guard arguments[upper] != nil || prices.allSatisfy({ $0 > 0 }) else {
        throw ScriptError.invalidParameter("what costs nothing needs a bound", hint: "give upper = { ... }")
      }
      let set = try StrategySet.budget(
        weights: prices, limit: limit, lower: Array(repeating: 0, count: count),
        upper: arguments[upper] ?? prices.map { limit / $0 })
      return .object(
        StrategyObject(set, .list(count), "\(count) numbers that cost at most \(NumberFormat.readable(limit))"))
    }
  }
}
