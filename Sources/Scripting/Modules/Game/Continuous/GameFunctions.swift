import Solvers

/// `game.game` and `game.stackelberg`: games whose utilities are written in Lua.
enum GameFunctions {
  static func all(_ context: RunContext) -> [Function] { [game, stackelberg(context)] }

  static let errors = [
    "EmptyInput", "ShapeMismatch", "NotFinite", "InvalidParameter", "Infeasible", "Interrupted",
  ]
  private static let trace = Parameter<Bool>.boolean(
    "trace",
    "whether utilities are called once with symbols and compiled; otherwise they are called at every point",
    default: true)
  private static var parameters: Parameter<LuaValue> {
    .value("parameters", "what utilities get as p", "a table", default: .record([:]), defaultText: "an empty table")
  }

  private static var game: Function {
    let (players, strategy, utility) = (PlayerOption.players, PlayerOption.strategy, PlayerOption.utility)
    return Function(
      Signature(
        "game.game",
        "A game of players who choose numbers; each one's utility is a Lua function of x, everybody's strategies by place "
          + "and by name, of p, the parameters, and of i, the player's place.",
        [players, strategy, utility, parameters, trace], result: "a strategic_game, to solve", errors: errors,
        source: "traced functions: docs/games.md",
        example: """
          duopoly = game.game{
            players = { "left", "right" }, strategy = { 0, 10 },
            utility = function(x, p, i) return x[i] * (p.demand - x.left - x.right) - p.cost * x[i] end,
            parameters = { demand = 10, cost = 1 },
          }
          contest = game.game{ players = 4, strategy = game.budget{ size = 2, limit = 10 },
            utility = function(x, p, i)
              local won = 0
              for field = 1, 2 do
                local all = 0
                for j = 1, #x do all = all + x[j][field] end
                won = won + x[i][field] / (all + 0.1)
              end
              return won
            end }
          """)
    ) { arguments in
      let machine = arguments.stack.machine
      let declared = try arguments[players].enumerated().map { place, option in
        let name = option.name ?? String(place + 1)
        guard let strategies = option.strategies ?? arguments[strategy] else {
          throw ScriptError.invalidParameter(
            "player '\(name)' has no strategies", hint: "give strategy = { low, high } to the player, or to the game")
        }
        guard let utility = option.utility ?? arguments[utility] else {
          throw ScriptError.invalidParameter(
            "player '\(name)' has no utility", hint: "give utility = function(x, p, i) ... end")
        }
        return GameObject.Player(name: name, strategies: strategies, utility: utility)
      }
      return .object(
        try GameObject(
          players: declared, parameters: try read(arguments[parameters]), isTraced: arguments[trace], machine: machine))
    }
  }

  /// A table that a script gave, as constants.
  static func read(_ value: LuaValue) throws -> Argument {
    guard case .reference(let reference) = value else { return .table(list: [], fields: []) }
    reference.push()
    defer { reference.stack.pop() }
    return try Argument.read(reference.stack, at: reference.stack.count)
  }

  // MARK: Leaders and followers

  private static func stackelberg(_ context: RunContext) -> Function {
    let game = Parameter<GameObject>.object("game", "leaders and followers, and what each wants", "a strategic_game")
    let leaders = Parameter.strings("leaders", "who moves first; all others see it and follow")
    let response = Parameter.function(
      "response",
      "function(x, p) of the leaders' strategies: the followers', by place in their order or by name, where a closed "
        + "form is known"
    ).optional("computed as the followers' equilibrium")
    let tolerance = GameMethods.tolerance
    return Function(
      Signature(
        "game.stackelberg",
        "Backward induction: leaders choose, knowing how followers will answer. Derivatives go through the followers' "
          + "conditions; whole numbers of followers are searched exactly.",
        [game, leaders, response, tolerance],
        result: "a result with profile, utilities, converged, max_regret and follower_regret", errors: errors,
        source: "von Stackelberg 1934; docs/games.md",
        example: "game.stackelberg{ game = duopoly, leaders = { \"left\" } }")
    ) { arguments in
      let game = arguments[game]
      let places = try arguments[leaders].map { try game.place(of: Int($0).map { .integer($0) } ?? .string($0)) }
      let answer: StackelbergGame.FollowerResponse =
        try arguments[response].map { function in
          .closedForm(try FollowerFunction(function, game: game, leaders: Set(places)).answer)
        } ?? .equilibrium
      let staged = try StackelbergGame(game: game.game, leaders: places, response: answer)
      var options = EquilibriumOptions(starts: 1, effort: .standard)
      options.seed = context.seed
      options.tolerance = arguments[tolerance]
      let solution = try staged.solve(options, cancellation: context.cancellation)
      return .object(StackelbergReport(game: game, staged: staged, solution: solution).result)
    }
  }
}
