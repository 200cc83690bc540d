import CLuaShim
import Solvers

/// Each player's strategies: how many, or their names.
enum StrategySpaces {
  static let parameter = Parameter<[StrategySpace]>(
    name: "strategies", summary: "for each player how many strategies it has, or a list of their names",
    typeName: "a list of whole numbers or lists of names", unit: nil, domain: nil, fallback: nil, fallbackText: nil,
    choices: []
  ) { stack, index in
    try ListReader.elements(stack, index, expected: "a list of whole numbers or lists of names") { element in
      if let count = stack.wholeNumber(at: element) {
        return .count(count)
      }
      guard stack.kind(at: element) == .table else { return nil }
      return .names(try ListReader.elements(stack, element, expected: "a list of strings") { stack.text(at: $0) })
    }
  }
}

enum StrategySpace {
  case count(Int)
  case names([String])

  var count: Int {
    switch self {
    case .count(let count): count
    case .names(let names): names.count
    }
  }

  /// - Precondition: the count is at most `FiniteGame.payoffLimit`.
  var names: [String] {
    switch self {
    case .count(let count): (0..<count).map { String($0 + 1) }
    case .names(let names): names
    }
  }
}

/// What a player does, in an option: a strategy by number or name, or a probability for each.
enum StrategyChoice {
  case number(Int)
  case name(String)
  case mixture([Double])

  static func profile(_ name: String, _ summary: String) -> Parameter<[StrategyChoice]> {
    let expected = "a list with a strategy (its number or name) or a list of probabilities for each player"
    return Parameter(
      name: name, summary: summary, typeName: expected, unit: nil, domain: nil, fallback: nil, fallbackText: nil,
      choices: []
    ) { stack, index in
      try ListReader.elements(stack, index, expected: expected) { element in
        if let number = stack.wholeNumber(at: element) { return .number(number) }
        if let text = stack.text(at: element) { return .name(text) }
        guard stack.kind(at: element) == .table else {
          throw Mismatch("a strategy's number or name, or a list of probabilities", stack, element)
        }
        return .mixture(try ListReader.numbers(stack, element, expected: "a list of probabilities"))
      }
    }
  }
}

extension NormalFormObject {
  /// The mixtures that an option stands for.
  func mixtures(_ choices: [StrategyChoice]) throws -> [[Double]] {
    guard choices.count == game.playerCount else {
      throw ScriptError.shapeMismatch(
        "the profile covers \(choices.count) players, but the game has \(game.playerCount)")
    }
    let mixed = try choices.enumerated().map { player, choice in
      let count = game.strategyCounts[player]
      func pure(_ strategy: Int) -> [Double] { (0..<count).map { $0 == strategy ? 1 : 0 } }
      switch choice {
      case .mixture(let probabilities): return probabilities
      case .number(let number):
        guard number >= 1, number <= count else {
          throw ScriptError.invalidParameter(
            "player \(player + 1) has the strategies 1 to \(count), but \(number) was given")
        }
        return pure(number - 1)
      case .name(let name):
        let names = game.strategyNames[player]
        guard let strategy = names.firstIndex(of: name) else {
          let near = Suggestion.clause(for: name, among: names)
          throw ScriptError.invalidParameter("player \(player + 1) has no strategy '\(name.prefix(40))'\(near)")
        }
        return pure(strategy)
      }
    }
    return try game.checkedProfile(mixed)
  }
}
