import Solvers
import Tensor

/// A game that a script wrote: players with strategies and utilities, and parameters that all utilities see.
final class GameObject: ScriptObject {
  static let typeName = "strategic_game"

  struct Player {
    let name: String
    let strategies: StrategyObject
    let utility: LuaReference
  }

  let players: [Player]
  let parameters: Argument
  let isTraced: Bool
  let machine: LuaMachine
  let game: ContinuousGame

  /// - Throws: what the utilities raise while they are traced; `SolverError` as `ContinuousGame.init`.
  init(players: [Player], parameters: Argument, isTraced: Bool, machine: LuaMachine) throws {
    self.players = players
    self.parameters = parameters
    self.isTraced = isTraced
    self.machine = machine
    let arguments = Self.arguments(players)
    let count = players.reduce(0) { $0 + $1.strategies.set.dimension }
    let set = try StrategySet.product(players.map(\.strategies.set))
    let samples = try Self.samples(of: set)
    game = try ContinuousGame(
      players: players.enumerated().map { place, player in
        let utility = UtilityFunction(
          function: player.utility, machine: machine, strategies: arguments, choices: players.choices,
          parameters: parameters, player: place + 1, title: "the utility of player '\(player.name)'")
        let payoff: any PayoffFunction
        if isTraced {
          let traced = try TracedPayoff(utility, variableCount: count)
          try TraceCheck.run(utility, traced, at: samples)
          payoff = traced
        } else {
          payoff = CalledPayoff(utility, variableCount: count)
        }
        return ContinuousGame.Player(name: player.name, strategies: player.strategies.set, payoff: payoff)
      })
  }

  /// All strategies as utilities see them: by place, and by name where players have names.
  private static func arguments(_ players: [Player]) -> Argument {
    var first = 0
    var list: [Argument] = []
    for player in players {
      list.append(player.strategies.argument(from: first))
      first += player.strategies.set.dimension
    }
    let named = zip(players, list).filter { Int($0.0.name) == nil }
    return .table(list: list, fields: named.map { Argument.Field(name: $0.0.name, value: $0.1) })
  }

  /// Where a trace is held against plain calls: the middle of everything, both ends, where comparisons often sit, and two
  /// drawn places.
  private static func samples(of set: StrategySet) throws -> [[Double]] {
    var stream = RandomStream(seed: 0, purpose: "trace check")
    return [set.centre, try set.projection(of: set.lowerBounds), try set.projection(of: set.upperBounds)]
      + (0..<2).map { _ in set.randomPoint(&stream) }
  }

  // MARK: Profiles

  /// A profile as users see it: by place, and by name where players have names.
  func shown(_ profile: [Double]) -> LuaValue {
    let list = players.enumerated().map { place, player in
      player.strategies.shown(game.strategy(of: place, in: profile))
    }
    return byName(list)
  }

  func byName(_ list: [LuaValue]) -> LuaValue {
    let named = zip(players, list).filter { Int($0.0.name) == nil }.map { (name: $0.0.name, value: $0.1) }
    return named.isEmpty ? .list(list) : .table(list: list, Record(named))
  }

  /// The game's variables for a profile that a script gave, by place or by name, or for a solution.
  /// - Throws: `InvalidParameter`, `ShapeMismatch`.
  func profile(_ value: LuaValue) throws -> [Double] {
    if case .object(let object as ResultObject) = value, let solved = object.payload as? SolvedGame {
      guard solved.equilibrium.profile.count == game.variableCount else {
        throw ScriptError.shapeMismatch("the solution is that of another game")
      }
      return solved.equilibrium.profile
    }
    guard case .reference(let reference) = value else {
      throw ScriptError.invalidParameter("a profile must be a list of strategies, a table by name, or a solution")
    }
    reference.push()
    defer { reference.stack.pop() }
    guard case .table(let list, let fields) = try Argument.read(reference.stack, at: reference.stack.count) else {
      throw ScriptError.invalidParameter("a profile must be a list of strategies, a table by name, or a solution")
    }
    for field in fields where !players.contains(where: { $0.name == field.name }) {
      let near = Suggestion.clause(for: field.name, among: players.map(\.name))
      throw ScriptError.invalidParameter("there is no player '\(field.name)'\(near)")
    }
    return try players.enumerated().flatMap { place, player in
      let given = fields.first { $0.name == player.name }?.value ?? (place < list.count ? list[place] : .none)
      let values = given.variables.values
      guard !values.isEmpty else {
        throw ScriptError.invalidParameter("the profile has no strategy of player '\(player.name)'")
      }
      return try player.strategies.variables(values, player: player.name)
    }
  }

  func place(of player: LuaValue) throws -> Int {
    switch player {
    case .integer(let number) where (1...players.count).contains(number): return number - 1
    case .string(let name):
      if let place = players.firstIndex(where: { $0.name == name }) { return place }
    default: break
    }
    let names = players.prefix(8).map(\.name).joined(separator: ", ")
    throw ScriptError.invalidParameter(
      "option 'player' must be a player's name or a number from 1 to \(players.count)", hint: "players: \(names)")
  }

  var text: String {
    let lines = players.prefix(12).map { "  \($0.name): \($0.strategies.words)" }
    let more = players.count > 12 ? ["  and \(players.count - 12) more"] : []
    let count = "\(players.count) player\(players.count == 1 ? "" : "s")"
    return (["game of \(count), \(isTraced ? "traced" : "called plainly")"] + lines + more).joined(separator: "\n")
  }
}

extension [GameObject.Player] {
  /// For variables that are places in a list of numbers: the list, by variable.
  var choices: [Int: [Double]] {
    var choices: [Int: [Double]] = [:]
    var first = 0
    for player in self {
      if case .choice(let values) = player.strategies.form { choices[first] = values }
      first += player.strategies.set.dimension
    }
    return choices
  }
}
