import Solvers

/// The followers' answer to the leaders, in closed form, as a script gives it.
struct FollowerFunction {
  private let function: LuaReference
  private let game: GameObject
  /// The leaders' strategies, as the function sees them.
  private let seen: Argument
  private let followers: [Int]

  init(_ function: LuaReference, game: GameObject, leaders: Set<Int>) throws {
    self.function = function
    self.game = game
    followers = game.players.indices.filter { !leaders.contains($0) }
    var first = 0
    var list: [Argument] = []
    var fields: [Argument.Field] = []
    for (place, player) in game.players.enumerated() {
      guard leaders.contains(place) else {
        list.append(.none)
        continue
      }
      let argument = player.strategies.argument(from: first)
      list.append(argument)
      fields.append(Argument.Field(name: player.name, value: argument))
      first += player.strategies.set.dimension
    }
    // Followers' places stay empty, and the list would end at the first of them.
    seen = .table(list: Array(list.prefix { $0 != .none }), fields: fields)
  }

  /// The followers' variables, one after the other.
  /// - Throws: what the function raises; `InvalidParameter`, `ShapeMismatch`.
  var answer: (_ leaders: [Double]) throws -> [Double] {
    { leaders in
      let arguments = [seen.value(leaders.map { .number($0) }), game.parameters.value([])]
      let result = try game.machine.call(function, arguments, results: 1).first ?? .none
      if followers.count == 1, let single = Self.number(result) {
        return try game.players[followers[0]].strategies.variables([single], player: game.players[followers[0]].name)
      }
      guard case .reference(let table) = result else { throw wrong }
      table.push()
      defer { table.stack.pop() }
      guard case .table(let list, let fields) = try Argument.read(table.stack, at: table.stack.count) else {
        throw wrong
      }
      return try followers.enumerated().flatMap { place, follower in
        let player = game.players[follower]
        let given = fields.first { $0.name == player.name }?.value ?? (place < list.count ? list[place] : .none)
        return try player.strategies.variables(given.variables.values, player: player.name)
      }
    }
  }

  private var wrong: ScriptError {
    let names = followers.prefix(6).map { game.players[$0].name }.joined(separator: ", ")
    return .invalidParameter(
      "the function 'response' must return the followers' strategies, a list in the order \(names) or a table by name")
  }

  private static func number(_ value: LuaValue) -> Double? {
    switch value {
    case .number(let number): number
    case .integer(let number): Double(number)
    default: nil
    }
  }
}
