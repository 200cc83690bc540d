import Tensor

/// What one player could gain by departing alone from a profile, as far as a global search finds.
public struct Deviation: Equatable, Sendable, CustomStringConvertible {
  public let player: Int
  public let name: String
  /// In units of the player's payoff; at least 0.
  public let gain: Double
  /// The gain by the payoff's magnitude, or by 1 where that is smaller.
  public let relativeGain: Double
  /// What the player would do instead; the strategy held where nothing better was found.
  public let strategy: [Double]

  public var description: String {
    gain > 0 ? "\(name) gains \(gain) by playing \(strategy)" : "\(name) gains nothing"
  }
}

/// How much the players could gain by departing from a profile: the proof of an equilibrium's quality.
public struct RegretReport: Equatable, Sendable {
  /// One per player, in order.
  public let deviations: [Deviation]
  public let effort: SearchEffort
  public let seed: UInt64
  /// How many payoff values the searches asked for.
  public let evaluations: Int

  /// The player who could gain most, relative to the player's payoff.
  public var worst: Deviation? { deviations.max { $0.relativeGain < $1.relativeGain } }
  /// In units of payoff.
  public var maxRegret: Double { deviations.map(\.gain).max() ?? 0 }
  public var maxRelativeRegret: Double { deviations.map(\.relativeGain).max() ?? 0 }
}

extension ContinuousGame {
  /// Every player's best deviation from a profile, each by a global search of its own that shares nothing with the
  /// method that found the profile.
  ///
  /// - Parameters:
  ///   - profile: a joint profile within the strategy sets.
  ///   - effort: how hard to search.
  /// - Throws: `SolverError` as `utilities(at:)`; what the payoffs throw; `Cancelled`.
  public func regret(
    of profile: [Double], effort: SearchEffort = .thorough, seed: UInt64 = 0, cancellation: Cancellation = .never
  ) throws -> RegretReport {
    try regret(
      of: profile, players: Array(players.indices), effort: effort, seed: seed, cancellation: cancellation)
  }

  /// The deviations of some players only.
  func regret(
    of profile: [Double], players considered: [Int], effort: SearchEffort, seed: UInt64, cancellation: Cancellation
  ) throws -> RegretReport {
    try checkProfile(profile)
    var deviations: [Deviation] = []
    var evaluations = 0
    for player in considered {
      try cancellation.check()
      let section = section(player, at: profile)
      let held = strategy(of: player, in: profile)
      let value = try section.value(at: held)
      let best = try GlobalSearch(effort: effort, seed: seed &+ UInt64(player)).maximise(
        section, over: players[player].strategies, from: held, cancellation: cancellation)
      evaluations += best.evaluations
      // From a payoff of -infinity any finite one is a gain without bound.
      let gain = best.value > value ? best.value - value : 0
      let relative = value > -.infinity ? gain / max(1, abs(value)) : gain
      deviations.append(
        Deviation(
          player: player, name: players[player].name, gain: gain, relativeGain: relative,
          strategy: gain > 0 ? best.point : held))
    }
    return RegretReport(deviations: deviations, effort: effort, seed: seed, evaluations: evaluations)
  }

  /// The regret again with `factor` times the thorough effort and another shift of the search points.
  public func verify(
    _ profile: [Double], harder factor: Int = 4, seed: UInt64 = 1, cancellation: Cancellation = .never
  ) throws -> RegretReport {
    try regret(of: profile, effort: SearchEffort.thorough.harder(factor), seed: seed, cancellation: cancellation)
  }
}
