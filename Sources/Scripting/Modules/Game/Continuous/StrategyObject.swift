import Solvers

/// The strategies that a player of a game may choose from, as scripts hold them.
final class StrategyObject: ScriptObject {
  static let typeName = "strategies"
  let set: StrategySet
  /// What a utility function gets to see.
  let form: Form
  let words: String

  enum Form: Equatable {
    case number
    case list(Int)
    /// One of these numbers; the game's own variable is its place among them, from 0.
    case choice([Double])
  }

  init(_ set: StrategySet, _ form: Form, _ words: String) {
    self.set = set
    self.form = form
    self.words = words
  }

  static var type: ObjectType {
    ObjectType(
      StrategyObject.self, "what a player of a game may choose from",
      fields: [TypedField("size", "how many numbers a strategy has") { .integer($0.set.dimension) }],
      describe: { $0.words })
  }

  /// What a utility function gets in place of the player's variables, the first of which is `first`.
  func argument(from first: Int) -> Argument {
    switch form {
    case .number, .choice: .variable(first)
    case .list(let count): .table(list: (0..<count).map { .variable(first + $0) }, fields: [])
    }
  }

  /// From the game's variables to what the user sees.
  func shown(_ strategy: [Double]) -> LuaValue {
    switch form {
    case .number: .number(strategy[0])
    case .list: .numbers(strategy)
    case .choice(let values): .number(values[Int(strategy[0])])
    }
  }

  /// The game's variables for a strategy that a script gave: a number, or a list of them.
  func variables(_ values: [Double], player: String) throws -> [Double] {
    if case .choice(let choices) = form {
      guard values.count == 1, let place = choices.firstIndex(of: values[0]) else {
        throw ScriptError.invalidParameter(
          "the strategy of player '\(player)' must be one of \(NumberFormat.list(choices)), got "
            + NumberFormat.list(values))
      }
      return [Double(place)]
    }
    guard values.count == set.dimension else {
      throw ScriptError.shapeMismatch(
        "the strategy of player '\(player)' has \(set.dimension) numbers, got \(values.count)")
    }
    return values
  }
}

extension NumberFormat {
  /// A few numbers for a message: "1, 2.5, 7".
  static func list(_ values: [Double], atMost limit: Int = 8) -> String {
    values.prefix(limit).map(readable).joined(separator: ", ") + (values.count > limit ? ", ..." : "")
  }
}
