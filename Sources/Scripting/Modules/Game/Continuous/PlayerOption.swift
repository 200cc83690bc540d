import CLuaShim

/// A player of a game as a script declares it; what is missing, the game says for all.
struct PlayerOption {
  var name: String?
  var strategies: StrategyObject?
  var utility: LuaReference?

  private static let words = "a number of players, a list of names, or a list of tables with name, strategy, utility"
  private static let fieldNames = ["name", "strategy", "utility"]

  static var players: Parameter<[PlayerOption]> {
    Parameter(
      name: "players", summary: "who plays", typeName: words, unit: nil, domain: nil, fallback: nil, fallbackText: nil,
      choices: []
    ) { stack, index in
      if let count = stack.wholeNumber(at: index) {
        guard (1...10_000).contains(count) else { throw Mismatch("between 1 and 10000 players", stack, index) }
        return (1...count).map { PlayerOption(name: String($0)) }
      }
      let players = try ListReader.elements(stack, index, expected: words) { try player(stack, $0) }
      guard !players.isEmpty else { throw Mismatch("at least one player", stack, index) }
      return players
    }
  }

  private static func player(_ stack: LuaStack, _ index: Int32) throws -> PlayerOption? {
    if stack.kind(at: index) == .string { return PlayerOption(name: stack.displayText(at: index)) }
    guard stack.kind(at: index) == .table else { return nil }
    var option = PlayerOption()
    try stack.forEach(at: index) {
      let field = stack.displayText(at: -2)
      switch stack.kind(at: -2) == .string ? field : "" {
      case "name":
        guard let name = stack.text(at: -1) else { throw Mismatch("a string", stack, -1, place: ".name") }
        option.name = name
      case "strategy":
        do { option.strategies = try strategies(stack, stack.count) } catch var mismatch as Mismatch {
          mismatch.place = ".strategy" + mismatch.place
          throw mismatch
        }
      case "utility":
        guard stack.kind(at: -1) == .function else { throw Mismatch("a function", stack, -1, place: ".utility") }
        option.utility = LuaReference(stack.machine, at: -1)
      default:
        let near = Suggestion.clause(for: field, among: fieldNames)
        throw ScriptError.invalidParameter(
          "a player has no field '\(stack.description(at: -2))'\(near)", hint: "name, strategy, utility")
      }
    }
    return option
  }

  // MARK: Strategies

  private static let strategyWords = "{ low, high }, or strategies such as game.integers(1, 40) or game.simplex{ ... }"

  static var strategy: Parameter<StrategyObject?> {
    Parameter<StrategyObject>(
      name: "strategy", summary: "what those choose from who do not say it themselves", typeName: strategyWords,
      unit: nil, domain: nil, fallback: nil, fallbackText: nil, choices: []
    ) { stack, index in try strategies(stack, index) }.optional("every player says it")
  }

  /// Strategies, or the two ends of an interval.
  private static func strategies(_ stack: LuaStack, _ index: Int32) throws -> StrategyObject {
    if let object = stack.object(at: index) as? StrategyObject { return object }
    guard stack.kind(at: index) == .table else { throw Mismatch(strategyWords, stack, index) }
    let bounds = try ListReader.numbers(stack, index, expected: strategyWords)
    guard bounds.count == 2 else { throw Mismatch(strategyWords, stack, index) }
    return try StrategyFunctions.interval(bounds[0], bounds[1])
  }

  static var utility: Parameter<LuaReference?> {
    Parameter.function(
      "utility", "function(x, p, i): what player i wants to be large, of those who do not say it themselves"
    ).optional("every player says it")
  }
}
