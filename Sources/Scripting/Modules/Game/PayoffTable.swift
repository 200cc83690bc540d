import CLuaShim
import Solvers

/// Payoffs as scripts give them: nested tables, one level a player, that end in a payoff for each player; or a function
/// of the players' strategies.
enum PayoffSource {
  case table(counts: [Int], utilities: [[Double]])
  case function(LuaReference)

  static var parameter: Parameter<PayoffSource> {
    Parameter(
      name: "payoffs",
      summary: """
        nested tables, one level for each player, with a list of every player's payoff innermost; or a function, which is \
        called once for each profile with the number of each player's strategy and returns each player's payoff
        """,
      typeName: "nested lists or a function", unit: nil, domain: nil, fallback: nil, fallbackText: nil, choices: []
    ) { stack, index in
      switch stack.kind(at: index) {
      case .function: return .function(LuaReference(stack.machine, at: index))
      case .table:
        var reader = PayoffTableReader(stack)
        return try reader.read(index)
      default: throw Mismatch("nested lists or a function", stack, index)
      }
    }
  }

  /// Calls the function for each profile, the last player's strategy moving fastest.
  static func utilities(of function: LuaReference, counts: [Int], machine: LuaMachine) throws -> [[Double]] {
    let profiles = try FiniteGame.profileCount(of: counts)
    var utilities = counts.map { _ in [Double](repeating: 0, count: profiles) }
    let order = ProfileOrder(counts)
    for step in 0..<profiles {
      let strategies = order.strategies(atStep: step)
      let results = try machine.call(function, strategies.map { .integer($0 + 1) })
      let place = strategies.map { String($0 + 1) }.joined(separator: ", ")
      guard results.count == counts.count else {
        throw ScriptError.invalidParameter(
          "the function 'payoffs' must return \(counts.count) numbers, a payoff for each player, "
            + "but for the profile (\(place)) it returned \(results.count)")
      }
      for (player, result) in results.enumerated() {
        switch result {
        case .integer(let value): utilities[player][order.index(strategies)] = Double(value)
        case .number(let value): utilities[player][order.index(strategies)] = value
        default:
          throw ScriptError.invalidParameter(
            "the function 'payoffs' must return numbers, "
              + "but player \(player + 1)'s payoff for the profile (\(place)) is none")
        }
      }
    }
    return utilities
  }
}

/// Profiles as Lua's nested tables have them, the last player's strategy moving fastest, and their numbers in a game.
private struct ProfileOrder {
  private let counts: [Int]

  init(_ counts: [Int]) { self.counts = counts }

  func strategies(atStep step: Int) -> [Int] {
    var left = step
    var strategies = counts
    for player in counts.indices.reversed() {
      strategies[player] = left % counts[player]
      left /= counts[player]
    }
    return strategies
  }

  func index(_ strategies: [Int]) -> Int {
    zip(strategies, counts).reversed().reduce(0) { $0 * $1.1 + $1.0 }
  }
}

/// Reads nested tables of equal lengths.
private struct PayoffTableReader {
  private let stack: LuaStack
  private var counts: [Int] = []
  private var values: [Double] = []
  private var path: [Int] = []

  /// A table that holds itself would nest for ever.
  private static let deepest = 64

  init(_ stack: LuaStack) { self.stack = stack }

  mutating func read(_ index: Int32) throws -> PayoffSource {
    try measure(stack.absolute(index))
    guard let payoffs = counts.popLast(), payoffs == counts.count, payoffs > 0 else {
      throw Mismatch(
        kind: "ShapeMismatch",
        expected: "nested one level for each player, with a list of as many payoffs as there are players innermost",
        given: "tables of \((counts).count + 1) levels")
    }
    do { _ = try FiniteGame.profileCount(of: counts) } catch let refusal as SolverError {
      throw Mismatch(kind: refusal.kind, expected: "a game of a size that can be held", given: refusal.message)
    }
    try visit(stack.absolute(index), level: 0)
    let players = counts.count
    let order = ProfileOrder(counts)
    var utilities = counts.map { _ in [Double](repeating: 0, count: values.count / players) }
    for step in 0..<values.count / players {
      let place = order.index(order.strategies(atStep: step))
      for player in 0..<players { utilities[player][place] = values[step * players + player] }
    }
    return .table(counts: counts, utilities: utilities)
  }

  /// The lengths of the first tables of each level.
  private mutating func measure(_ table: Int32) throws {
    guard lua_checkstack(stack.state, Int32(Self.deepest) + 8) != 0 else { throw ScriptError.outOfMemory }
    let top = stack.count
    defer { lua_settop(stack.state, top) }
    var current = table
    while true {
      let count = stack.length(at: current)
      counts.append(count)
      guard count > 0 else {
        throw Mismatch(kind: "EmptyInput", expected: "lists with at least one entry", given: "an empty one")
      }
      guard counts.count <= Self.deepest else { throw Mismatch("nested at most \(Self.deepest) deep", stack, table) }
      lua_rawgeti(stack.state, current, 1)
      if stack.kind(at: -1) != .table { return }
      current = stack.count
    }
  }

  private mutating func visit(_ table: Int32, level: Int) throws {
    let isInnermost = level == counts.count
    let expected = isInnermost ? counts.count : counts[level]
    let place = path.map { "[\($0)]" }.joined()
    guard stack.kind(at: table) == .table else {
      throw Mismatch(isInnermost ? "a list of payoffs" : "a list", stack, table, place: place)
    }
    guard stack.length(at: table) == expected else {
      var mismatch = Mismatch(
        kind: "ShapeMismatch", expected: "of length \(expected) like its neighbours",
        given: "a list of \(stack.length(at: table))")
      mismatch.place = place
      throw mismatch
    }
    if isInnermost {
      do { values += try ListReader.numbers(stack, table, expected: "a list of payoffs") } catch var mismatch
        as Mismatch
      {
        mismatch.place = place + mismatch.place
        throw mismatch
      }
      return
    }
    for position in 1...expected {
      lua_rawgeti(stack.state, table, lua_Integer(position))
      defer { stack.pop() }
      path.append(position)
      try visit(stack.count, level: level + 1)
      path.removeLast()
    }
  }
}
