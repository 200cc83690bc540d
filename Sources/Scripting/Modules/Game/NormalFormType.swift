import Solvers

/// How games in normal form look from Lua.
extension NormalFormObject {
  static func type(_ context: RunContext) -> ObjectType {
    ObjectType(
      NormalFormObject.self, "a game of finitely many players and strategies",
      methods: EquilibriumMethods.all(context) + PlayMethods.all(context) + [
        dominance(context), bestResponses, regret(context), save, plot,
      ],
      fields: [
        TypedField("title", "what it is called") { .string($0.game.title) },
        TypedField("players", "their names") { .strings($0.game.playerNames) },
        TypedField("strategies", "each player's strategies, by name") {
          .list($0.game.strategyNames.map(LuaValue.strings))
        },
        TypedField("profiles", "how many profiles of pure strategies there are") { .integer($0.game.profileCount) },
        TypedField("utilities", "a list for each player, of its payoff at each profile, player 1's strategy fastest") {
          .list($0.game.utilities.map { .numbers($0) })
        },
      ], describe: { $0.text })
  }

  /// A game that examples are about.
  static func example(_ call: String) -> String {
    """
    sexes = game.normal_form{ row = { { 3, 0 }, { 0, 2 } }, column = { { 2, 0 }, { 0, 3 } } }
    print(sexes:\(call))
    """
  }

  private static var bestResponses: Function {
    let profile = StrategyChoice.profile("profile", "what everybody does; what the player itself does does not matter")
    return .method(
      Signature(
        "normalform:best_responses", "Each player's best pure strategies against what the others do.", [profile],
        list: "profile",
        result:
          "a list for each player, of the numbers of its strategies within 1e-9 of its range of payoffs of the best",
        errors: ["EmptyInput", "ShapeMismatch", "NotFinite", "InvalidParameter", "NotStochastic"],
        example: example("best_responses{ 1, { 0.5, 0.5 } }[1][1]"))
    ) { (object: NormalFormObject, arguments) in
      let mixtures = try object.mixtures(arguments[profile])
      return .list(
        (0..<object.game.playerCount).map { player in
          .integers(object.game.bestResponses(of: player, against: mixtures).map { $0 + 1 })
        })
    }
  }

  private static func regret(_ context: RunContext) -> Function {
    let profile = StrategyChoice.profile("profile", "what everybody does")
    return .method(
      Signature(
        "normalform:regret", "What a profile is worth, and what each player could gain by deviating.", [profile],
        list: "profile",
        result: "a result with profile, utilities, regrets and max_regret",
        errors: ["EmptyInput", "ShapeMismatch", "NotFinite", "InvalidParameter", "NotStochastic"],
        example: example("regret{ 1, { 0.5, 0.5 } }.max_regret"))
    ) { (object: NormalFormObject, arguments) in
      let state = object.game.assess(try object.mixtures(arguments[profile]))
      return .object(object.report("profile of the game", [state], seed: context.seed, converged: true))
    }
  }

  private static func dominance(_ context: RunContext) -> Function {
    let mixed = Parameter<Bool>.boolean(
      "mixed", "whether mixtures may dominate, found by linear programme, or pure strategies only", default: true)
    return .method(
      Signature(
        "normalform:dominance", "Strikes out strictly dominated strategies, again and again.", [mixed],
        result: """
          a result with survivors (each player's strategies left, by number), rounds, eliminated (a list of tables with \
          player, strategy, round, dominated_by) and game (what is left)
          """,
        errors: ["InvalidParameter", "Interrupted"], source: "Pearce 1984",
        example: """
          dilemma = game.normal_form{ row = { { 3, 0 }, { 5, 1 } }, column = { { 3, 5 }, { 0, 1 } } }
          print(dilemma:dominance{})
          """)
    ) { (object: NormalFormObject, arguments) in
      let game = object.game
      let report = try game.iteratedDominance(mixed: arguments[mixed], cancellation: context.cancellation)
      let gone = report.eliminated
      let table = TextTable(
        "",
        [
          .init("round", .integers(gone.map(\.round))),
          .init("player", .text(gone.map { game.playerNames[$0.player] })),
          .init("strategy", .text(gone.map { game.strategyNames[$0.player][$0.strategy] })),
          .init("dominated by", .text(gone.map { object.words($0.dominatedBy, of: $0.player) })),
        ])
      let left = zip(game.strategyNames, report.survivors).map { names, kept in
        kept.map { names[$0] }.joined(separator: " ")
      }
      return .object(
        ResultObject(
          gone.isEmpty ? "no strategy is strictly dominated" : "iterated strict dominance",
          fields: [
            "survivors": .list(report.survivors.map { .integers($0.map { $0 + 1 }) }),
            "rounds": .integer(report.rounds),
            "eliminated": .list(
              gone.map {
                .record([
                  "player": .integer($0.player + 1), "strategy": .integer($0.strategy + 1), "round": .integer($0.round),
                  "dominated_by": .numbers($0.dominatedBy),
                ])
              }),
            "game": .object(NormalFormObject(try game.restricted(to: report.survivors))),
          ], tables: gone.isEmpty ? [] : [table], notes: ["left: " + left.joined(separator: " | ")]))
    }
  }

  private static var save: Function {
    let path = Parameter<String>.string("path", "the file to write, ending in .nfg")
    let version = Parameter<GambitFormat.Version>.choice(
      "version", "all payoffs, or the different ones and which profile has which", default: .payoff)
    return .method(
      Signature(
        "normalform:save", "Writes the game as a Gambit file in normal form.", [path, version], result: "the path",
        errors: ["FileError", "InvalidParameter"], example: example("save(\"sexes.nfg\")"))
    ) { (object: NormalFormObject, arguments) in
      let path = arguments[path]
      guard path.hasSuffix(".nfg") else {
        throw ScriptError.invalidParameter("'\(path)' must end in .nfg, to say how to write it")
      }
      try TextFile.write(object.game.gambitText(arguments[version]), to: path)
      return .string(path)
    }
  }
}
