import Tensor

/// A game whose players choose numbers, vectors or whole numbers, each within a strategy set of their own.
///
/// The joint profile is one array that holds the players' variables one after the other. A finite player (rows of a
/// table, say) is one whose only variable is a whole number; finite and continuous players mix freely.
public struct ContinuousGame {
  /// One player: a name, where to choose from, and what for.
  public struct Player {
    public let name: String
    public let strategies: StrategySet
    /// Of the joint profile of all players.
    public let payoff: any PayoffFunction

    public init(name: String, strategies: StrategySet, payoff: any PayoffFunction) {
      self.name = name
      self.strategies = strategies
      self.payoff = payoff
    }
  }

  public let players: [Player]
  /// The variables of each player in the joint profile.
  public let ranges: [Range<Int>]
  /// The product of the players' strategy sets.
  public let strategies: StrategySet
  let payoffs: [GuardedPayoff]

  /// - Throws: `SolverError` of kind `emptyInput` without players, `invalidParameter` where two share a name,
  ///   `shapeMismatch` where a payoff has another number of variables than the joint profile.
  public init(players: [Player]) throws {
    guard !players.isEmpty else { throw SolverError(.emptyInput, "a game must have at least one player") }
    var names = Set<String>()
    for player in players {
      try demand(names.insert(player.name).inserted, "two players are called '\(player.name)'; names must differ")
    }
    let strategies = try StrategySet.product(players.map(\.strategies))
    for player in players where player.payoff.variableCount != strategies.dimension {
      throw SolverError(
        .shapeMismatch,
        "the payoff of player '\(player.name)' has \(player.payoff.variableCount) variables, but the players together "
          + "have \(strategies.dimension)")
    }
    self.players = players
    self.strategies = strategies
    var ranges: [Range<Int>] = []
    for player in players {
      let start = ranges.last?.upperBound ?? 0
      ranges.append(start..<start + player.strategies.dimension)
    }
    self.ranges = ranges
    payoffs = players.map {
      GuardedPayoff(
        $0.payoff, title: "the payoff of player '\($0.name)'", lower: strategies.lowerBounds,
        upper: strategies.upperBounds)
    }
  }

  /// How many variables the joint profile has.
  public var variableCount: Int { strategies.dimension }

  /// Whether no player chooses whole numbers.
  public var isContinuous: Bool { !strategies.hasIntegers }

  /// Whether every payoff can be differentiated.
  public var isSmooth: Bool { payoffs.allSatisfy { $0.derivativeSource != .none } }

  /// One player's part of a joint profile.
  public func strategy(of player: Int, in profile: [Double]) -> [Double] { Array(profile[ranges[player]]) }

  /// Every player's payoff.
  /// - Throws: `SolverError` of kind `shapeMismatch`, `notFinite` or `infeasible` (a profile outside the strategy sets).
  public func utilities(at profile: [Double]) throws -> [Double] {
    try checkProfile(profile)
    return try payoffs.map { try $0.value(at: profile) }
  }

  func checkProfile(_ profile: [Double]) throws {
    guard profile.count == variableCount else {
      throw SolverError(
        .shapeMismatch, "the profile has \(profile.count) entries, but the players together have \(variableCount)")
    }
    try check(.each(.entry, "profile", profile, .real))
    for (player, range) in zip(players, ranges) {
      guard player.strategies.contains(Array(profile[range]), tolerance: 1e-6) else {
        throw SolverError(
          .infeasible, "the strategy of player '\(player.name)' lies outside the player's strategy set",
          hint: "StrategySet.projection gives the nearest strategy inside")
      }
    }
  }

  /// One player's payoff as a function of the player's own variables.
  func section(_ player: Int, at profile: [Double]) -> SectionPayoff {
    SectionPayoff(of: payoffs[player], variables: ranges[player], at: profile)
  }

  /// The largest change of any variable, relative to the width of its bounds.
  func distance(_ a: [Double], _ b: [Double]) -> Double { strategies.distance(a, b) }
}
