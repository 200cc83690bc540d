import Solvers

/// What a game offers to scripts.
enum GameMethods {
  static func type(_ context: RunContext) -> ObjectType {
    ObjectType(
      GameObject.self, "players who choose numbers, each for a utility of all their choices",
      methods: [solve(context), utilities, regret(context), gradient, with, PayoffCurve.method],
      fields: [
        TypedField("players", "their names") { .strings($0.players.map(\.name)) },
        TypedField("variables", "how many numbers they choose together") { .integer($0.game.variableCount) },
        TypedField("parameters", "what utilities get as p") { $0.parameters.value([]) },
      ], describe: { $0.text })
  }

  static let tolerance = Parameter<Double>.number(
    "tolerance", "the largest gain, relative to the utility, that still counts as an equilibrium", default: 1e-6,
    domain: .positive)
  private static var profile: Parameter<LuaValue> {
    .value("profile", "everybody's strategy, by place or by name", "a list, a table by name, or a solution")
  }

  private enum Method: String, CaseIterable {
    case automatic
    case bestResponse = "best_response"
    case simultaneous
    case gradient = "projected_gradient"
    case extragradient
    case newton
    case fictitiousPlay = "fictitious_play"
    case logit
  }

  private static func solve(_ context: RunContext) -> Function {
    let method = Parameter<Method>.choice("method", "how it is looked for", default: .automatic)
    let start = Parameter<LuaValue>.value(
      "start", "where to begin", "a profile, or a solution", default: LuaValue.none, defaultText: "the middle")
    let starts = Parameter<Int>.integer(
      "starts", "from how many places; whether they agree is reported", default: 5, domain: .between(1, 10_000))
    let damping = Parameter<Double>.number(
      "damping", "how far best responses go: 1 the whole way, 0.5 half of it", default: 1, domain: .between(1e-6, 1))
    let iterations = Parameter<Int>.integer(
      "iterations", "of each method from each start, at most", default: 1000, domain: .between(1, 1e9))
    let grid = Parameter<Int>.integer(
      "grid", "points per number, for fictitious play and logit dynamics", default: 41, domain: .between(2, 100_000))
    let temperature = Parameter<Double>.number(
      "temperature", "of logit dynamics, relative to each utility's range", default: 0.01, domain: .positive)
    return .method(
      Signature(
        "strategic_game:solve",
        "Looks for an equilibrium, and then for the largest gain that anyone has by deviating from it.",
        [method, start, starts, damping, tolerance, iterations, grid, temperature],
        result: """
          a result with profile, utilities, converged, max_regret, iterations, method, seed, equilibria, second_order, \
          contraction and advice
          """, errors: GameFunctions.errors,
        source: "each method's paper: docs/games.md", example: "duopoly:solve().profile.left")
    ) { (game: GameObject, arguments) in
      let chosen: ContinuousMethod =
        switch arguments[method] {
        case .automatic: .automatic
        case .bestResponse: .bestResponse(.sequential, damping: arguments[damping])
        case .simultaneous: .bestResponse(.simultaneous, damping: arguments[damping])
        case .gradient: .projectedGradient
        case .extragradient: .extragradient
        case .newton: .newton
        case .fictitiousPlay: .fictitiousPlay(pointsPerAxis: arguments[grid])
        case .logit: .logit(pointsPerAxis: arguments[grid], temperature: arguments[temperature])
        }
      var first: [Double]?
      if case .none = arguments[start] {} else { first = try game.profile(arguments[start]) }
      let found = try game.game.solve(
        EquilibriumOptions(
          method: chosen, start: first, starts: arguments[starts], seed: context.seed,
          tolerance: arguments[tolerance], maximumIterations: arguments[iterations]),
        cancellation: context.cancellation)
      return .object(SolvedGame(game: game, equilibrium: found, context: context).result)
    }
  }

  private static var utilities: Function {
    .method(
      Signature(
        "strategic_game:utilities", "Everybody's utility at a profile.", [profile], result: "a list, also by name",
        errors: GameFunctions.errors, example: "duopoly:utilities{ profile = { left = 2, right = 3 } }")
    ) { (game: GameObject, arguments) in
      game.byName(try game.game.utilities(at: game.profile(arguments[profile])).map { .number($0) })
    }
  }

  private static var gradient: Function {
    let player = Parameter<LuaValue>.value("player", "whose utility", "a name, or a place")
    return .method(
      Signature(
        "strategic_game:gradient", "The derivatives of a player's utility by all strategies.", [player, profile],
        result: "a profile of derivatives: exact where the game is traced, by differences otherwise",
        errors: GameFunctions.errors, example: "duopoly:gradient{ player = \"left\", profile = { 2, 3 } }")
    ) { (game: GameObject, arguments) in
      let values = try game.profile(arguments[profile])
      let place = try game.place(of: arguments[player])
      let gradient = try game.game.players[place].payoff.gradient(at: values)
      return game.byName(
        game.players.indices.map { other in
          let part = game.game.strategy(of: other, in: gradient)
          return game.players[other].strategies.form == .number ? .number(part[0]) : .numbers(part)
        })
    }
  }

  private static func regret(_ context: RunContext) -> Function {
    let effort = Parameter<Int>.integer(
      "effort", "how many times as hard to search", default: 1, domain: .between(1, 1000))
    return .method(
      Signature(
        "strategic_game:regret", "What each player could gain by departing alone from a profile, by a global search.",
        [profile, effort], result: "a result with max_regret, gain and deviation by player",
        errors: GameFunctions.errors, example: "duopoly:regret{ profile = { 3, 3 } }.max_regret")
    ) { (game: GameObject, arguments) in
      let report = try game.game.verify(
        try game.profile(arguments[profile]), harder: arguments[effort], seed: context.seed,
        cancellation: context.cancellation)
      return .object(RegretText.result(report, game))
    }
  }

  private static var with: Function {
    let parameters = Parameter<LuaValue>.value("parameters", "those that change", "a table")
    return .method(
      Signature(
        "strategic_game:with", "The same game with other parameters.", [parameters], result: "a strategic_game",
        errors: GameFunctions.errors, example: "duopoly:with{ parameters = { cost = 2 } }:solve().utilities.left")
    ) { (game: GameObject, arguments) in
      guard case .table(let list, let fields) = try GameFunctions.read(arguments[parameters]),
        case .table(let known, let before) = game.parameters
      else { throw ScriptError.invalidParameter("the parameters must be a table") }
      let changed = Set(fields.map(\.name))
      let merged = (before.filter { !changed.contains($0.name) } + fields).sorted { $0.name < $1.name }
      return .object(
        try GameObject(
          players: game.players, parameters: .table(list: list.isEmpty ? known : list, fields: merged),
          isTraced: game.isTraced, machine: game.machine))
    }
  }
}
