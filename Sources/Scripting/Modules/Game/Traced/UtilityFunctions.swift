import Solvers
import Tensor

/// `game.utility`: traced functions by themselves.
enum UtilityFunctions {
  static var all: [Function] { [utility] }

  private static let errors = ["InvalidParameter", "ShapeMismatch", "NotFinite"]
  private static var x: Parameter<LuaValue> {
    .any("x", "a table of the numbers that it depends on")
  }
  private static var p: Parameter<LuaValue> {
    .any("p", "a table of parameters", default: .record([:]), defaultText: "an empty table")
  }

  private static var utility: Function {
    let function = Parameter.function("utility", "function(x, p), which returns a number")
    let trace = Parameter<Bool>.boolean(
      "trace", "whether it is called once with symbols and compiled; otherwise derivatives are by differences",
      default: true)
    return Function(
      Signature(
        "game.utility",
        "A function of numbers with exact derivatives: it is called once with symbols, which write down what it computes.",
        [function, trace], result: "a utility", errors: errors, source: "docs/games.md",
        example: """
          profit = game.utility(function(x, p) return x.k * (p.demand - x.k) - 0.1 * math.exp(x.k) end)
          profit:value({ k = 2 }, { demand = 5 })
          """)
    ) { arguments in
      .object(UtilityObject(arguments[function], machine: arguments.stack.machine, isTraced: arguments[trace]))
    }
  }

  /// Its entries are formulas of their own, which grow with the square.
  private static let largestHessian = 200

  static var type: ObjectType {
    ObjectType(
      UtilityObject.self, "a function of numbers with exact derivatives", methods: [value, gradient, hessian, over],
      describe: { $0.isTraced ? "traced function" : "function called plainly" })
  }

  private static var value: Function {
    .method(
      Signature(
        "utility:value", "Its value.", [x, p], result: "a number", errors: errors,
        example: "profit:value({ k = 2 }, { demand = 5 })")
    ) { (utility: UtilityObject, arguments) in
      let (payoff, _, point) = try utility.payoff(arguments[x], arguments[p])
      return .number(try payoff.value(at: point))
    }
  }

  private static var gradient: Function {
    .method(
      Signature(
        "utility:gradient", "Its derivatives by all numbers in x.", [x, p], result: "a table of the form of x",
        errors: errors, example: "profit:gradient({ k = 2 }, { demand = 5 }).k")
    ) { (utility: UtilityObject, arguments) in
      let (payoff, form, point) = try utility.payoff(arguments[x], arguments[p])
      return form.value(try payoff.gradient(at: point).map { .number($0) })
    }
  }

  private static var hessian: Function {
    .method(
      Signature(
        "utility:hessian", "Its second derivatives.", [x, p],
        result: "rows of numbers, in the order of the list part of x and then of its names", errors: errors,
        example: "profit:hessian({ k = 2 }, { demand = 5 })[1][1]")
    ) { (utility: UtilityObject, arguments) in
      let (payoff, _, point) = try utility.payoff(arguments[x], arguments[p])
      guard point.count <= largestHessian else {
        throw ScriptError.invalidParameter(
          "second derivatives are for at most \(largestHessian) numbers, but x holds \(point.count)")
      }
      var hessian = Matrix(rows: point.count, columns: point.count)
      try payoff.secondDerivatives(at: point, rows: point.indices, columns: point.indices, into: &hessian)
      return .matrix(hessian)
    }
  }

  /// Values along one number, which a plot wants.
  private static var over: Function {
    let name = Parameter<String>.string("name", "which number of x: its name, or its place")
    let values = Parameter.numbers("values", "what it takes, one after the other")
    return .method(
      Signature(
        "utility:over", "Its values and derivatives as one number of x takes many values and the others stay.",
        [name, values, x, p], result: "a table with values and slopes, lists", errors: errors,
        example: "profit:over{ name = \"k\", values = { 1, 2, 3 }, x = { k = 0 }, p = { demand = 5 } }.slopes")
    ) { (utility: UtilityObject, arguments) in
      let (payoff, form, point) = try utility.payoff(arguments[x], arguments[p])
      let names = form.variableNames("", count: point.count)
      let wanted = arguments[name]
      guard let place = names.firstIndex(where: { $0 == ".\(wanted)" || $0 == "[\(wanted)]" || $0 == wanted }) else {
        let known = names.prefix(8).map { $0.hasPrefix(".") ? String($0.dropFirst()) : $0 }.joined(separator: ", ")
        throw ScriptError.invalidParameter("x has no number '\(wanted)'", hint: "it has \(known)")
      }
      let varied = arguments[values]
      var points = Matrix(rows: point.count, columns: varied.count)
      for row in point.indices {
        for column in varied.indices { points[row, column] = row == place ? varied[column] : point[row] }
      }
      var results = [Double](repeating: 0, count: varied.count)
      try payoff.values(atColumns: points, into: &results)
      var gradient = [Double](repeating: 0, count: point.count)
      let slopes = try varied.map { value in
        var point = point
        point[place] = value
        try payoff.gradient(at: point, of: place..<place + 1, into: &gradient)
        return gradient[place]
      }
      return .record(["values": .numbers(results), "slopes": .numbers(slopes)])
    }
  }
}
