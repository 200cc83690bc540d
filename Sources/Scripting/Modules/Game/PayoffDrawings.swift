import Core
import Solvers

extension NormalFormObject {
  private static let mostCells = 250_000

  /// A heatmap of each player's payoffs.
  /// - Throws: `ScriptError.invalidParameter` unless there are two players.
  func payoffPlot() throws -> Plot {
    guard game.playerCount == 2 else {
      throw ScriptError.invalidParameter(
        "this game has \(game.playerCount) players; payoffs are drawn for two",
        hint: "plot.heatmap draws any matrix, such as one player's payoffs against another")
    }
    let (rows, columns) = (game.strategyNames[0], game.strategyNames[1])
    guard game.profileCount <= Self.mostCells else {
      throw ScriptError.invalidParameter("that are \(game.profileCount) profiles; at most \(Self.mostCells) are drawn")
    }
    let maps = game.playerNames.indices.map { player in
      let values = rows.indices.map { row in
        columns.indices.map { game.utilities[player][game.profileIndex([row, $0])] }
      }
      return Plot(
        .heatmap(.init(values: values, rowNames: rows, columnNames: columns)),
        title: "payoff of \(game.playerNames[player])", xLabel: game.playerNames[1], yLabel: game.playerNames[0])
    }
    return Plot(.facets(maps, columns: 2), title: game.title)
  }

  static var plot: Function {
    .method(
      Signature(
        "normalform:plot", "Draws the payoffs of two players as colours.", result: ChartOptions.result,
        errors: ["InvalidParameter"], example: example("plot()"))
    ) { (object: NormalFormObject, _) in .object(PlotObject(try object.payoffPlot())) }
  }
}

/// A player's utility against its own strategy, the others as they are.
enum PayoffCurve {
  private static let points = 201

  /// - Parameter place: the player.
  /// - Throws: `ScriptError.invalidParameter` for a player that chooses several numbers; what utilities raise.
  static func plot(of place: Int, in game: GameObject, at profile: [Double]) throws -> Plot {
    let player = game.players[place]
    let range = game.game.ranges[place]
    guard range.count == 1, let variable = range.first else {
      throw ScriptError.invalidParameter(
        "\(player.name) chooses \(range.count) numbers; a curve is drawn for a player who chooses one")
    }
    let set = player.strategies.set
    let (low, high) = (set.lowerBounds[0], set.upperBounds[0])
    let chosen = profile[variable]
    // Where a side is open, the curve goes as far as the strategy itself.
    let reach = max(abs(chosen), 1)
    let (left, right) = (low.isFinite ? low : chosen - reach, high.isFinite ? high : chosen + reach)
    var changed = profile
    func utility(_ strategy: Double) throws -> Double {
      changed[variable] = strategy
      return try game.game.utilities(at: changed)[place]
    }
    let curve = try (0..<points).map { step -> Plot.Point in
      let part = Double(step) / Double(points - 1)
      let strategy = left * (1 - part) + right * part
      return Plot.Point(x: strategy, y: try utility(strategy))
    }
    let here = Plot.Point(x: chosen, y: try utility(chosen))
    return Plot(
      series: [.init(name: "utility", points: curve), .init(name: "the profile", mark: .scatter, points: [here])],
      title: "utility of \(player.name), the others as they are", xLabel: "strategy of \(player.name)",
      yLabel: "utility")
  }

  static var method: Function {
    let player = Parameter<LuaValue>.value(
      "player", "whose utility", "a name, or a place", default: .integer(1), defaultText: "1")
    let profile = Parameter<LuaValue>.value(
      "profile", "what everybody does, or a solution; the player's own part is marked",
      "a list or table of strategies, or a solution of the game")
    return .method(
      Signature(
        "strategic_game:plot", "Draws a player's utility against its own strategy, the others as they are.",
        [profile, player], result: ChartOptions.result, errors: GameFunctions.errors,
        example: "duopoly:plot{ profile = duopoly:solve(), player = \"left\" }")
    ) { (game: GameObject, arguments) in
      .object(
        PlotObject(
          try plot(of: game.place(of: arguments[player]), in: game, at: game.profile(arguments[profile]))))
    }
  }
}

extension SolvedGame {
  /// Each player's curve, and all of them together first.
  var pictures: [Picture] {
    let drawn = game.players.indices.filter { game.game.ranges[$0].count == 1 }
    guard !drawn.isEmpty else { return [] }
    let profile = equilibrium.profile
    func all() throws -> Plot {
      let plots = try drawn.prefix(12).map { try PayoffCurve.plot(of: $0, in: game, at: profile) }
      return plots.count == 1 ? plots[0] : Plot(.facets(plots, columns: 2), title: "nobody gains by deviating alone")
    }
    var pictures = [Picture("utilities", try all())]
    for place in drawn {
      pictures.append(Picture(game.players[place].name, try PayoffCurve.plot(of: place, in: game, at: profile)))
    }
    return pictures
  }
}
