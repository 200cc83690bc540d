import CLuaShim
import Solvers

extension Parameter where Value == [[Int]] {
  /// Sequences of symbols: one list of whole numbers, or a list of such lists.
  static func sequences(_ name: String, _ summary: String) -> Parameter {
    let expected = "a list of whole numbers, or a list of such lists"
    return Parameter(
      name: name, summary: summary, typeName: expected, unit: nil, domain: nil, fallback: nil, fallbackText: nil,
      choices: []
    ) { stack, index in
      guard stack.kind(at: index) == .table else { throw Mismatch(expected, stack, index) }
      func numbers(_ index: Int32) throws -> [Int] {
        try ListReader.elements(stack, index, expected: "a list of whole numbers") { stack.wholeNumber(at: $0) }
      }
      let first = LuaKind(lua_rawgeti(stack.state, index, 1))
      stack.pop()
      guard first == .table else { return [try numbers(index)] }
      return try ListReader.elements(stack, index, expected: "a list of lists of whole numbers") { row in
        try numbers(row)
      }
    }
  }
}

extension Parameter where Value == [[Double]] {
  /// Lists that may differ in length.
  static func lists(_ name: String, _ summary: String, unit: String? = nil) -> Parameter {
    let expected = "a list of lists of numbers"
    return Parameter(
      name: name, summary: summary, typeName: expected, unit: unit, domain: nil, fallback: nil, fallbackText: nil,
      choices: []
    ) { stack, index in
      try ListReader.elements(stack, index, expected: expected) { row in
        try ListReader.numbers(stack, row, expected: "a list of numbers")
      }
    }
  }
}

/// Symbols and states count from 1 in Lua, and from 0 beyond.
enum SymbolNumbers {
  /// Wrapping: the least number has no predecessor, becomes the largest, and is refused as such.
  static func fromLua(_ numbers: [Int]) -> [Int] { numbers.map { $0 &- 1 } }
  static func toLua(_ numbers: [Int]) -> [Int] { numbers.map { $0 + 1 } }
}

/// Options that several functions of the module share.
enum PredictOption {
  static let sequence = Parameter.integers("sequence", "symbols, from 1, oldest first")
  static let sequences = Parameter.sequences(
    "sequences", "symbols, from 1, oldest first; several lists for several runs")
  static let seed = Parameter<Int>.integer("seed", "its own seed", domain: .nonNegative).optional("the run's")
  static let iterations = Parameter<Int>.integer(
    "iterations", "at most so many for each start", default: 100, domain: .between(1, 1_000_000))
  static let criterion = Parameter<InformationCriterion>.choice(
    "criterion", "what a fit is charged for its parameters", default: .bic)

  static func restarts(_ count: Int) -> Parameter<Int> {
    .integer(
      "restarts", "so many random starts beside the first; the best end counts", default: count,
      domain: .between(0, 10_000))
  }

  static func smoothing(_ amount: Double) -> Parameter<Double> {
    .number("smoothing", "a pseudo-count, added to everything that is counted", default: amount, domain: .nonNegative)
  }

  static func stateCounts(_ counts: [Int]) -> Parameter<[Int]> {
    .integers("states", "the numbers of states to try", default: counts)
  }

  /// What a model or a sequence is refused for.
  static let modelErrors = ["EmptyInput", "ShapeMismatch", "NotFinite", "InvalidParameter", "NotStochastic"]
  static let sequenceErrors = ["EmptyInput", "InvalidParameter", "ZeroLikelihood", "Interrupted"]
}
