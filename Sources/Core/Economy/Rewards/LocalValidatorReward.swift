/// A local validator's reward: who votes earlier gets more.
///
/// Source: Network3 (3), r = (sum of (|VQ| - index) over its votes) s unit / |VQ|, over one queue per iteration; the
/// denominator is the queue's length. As printed every vote counts, and who says no to everything before having looked
/// earns most; the corrected rule counts the votes that agree with what came out.
public struct LocalValidatorReward: Sendable, Equatable {
  public enum Rule: String, CaseIterable, Sendable {
    case agreement
    case paper
  }

  /// An entry of the queue.
  public struct Vote: Sendable, Equatable {
    public var validator: String
    public var trainer: String
    public var accepts: Bool

    public init(validator: String, trainer: String, accepts: Bool) {
      self.validator = validator
      self.trainer = trainer
      self.accepts = accepts
    }
  }

  /// What the reward is per sample and unit, as a fraction: its upper part, and the length of the queue.
  public let numerator: UInt128
  public let denominator: UInt128
  public let reward: Amount

  /// - Parameter firstIndex: 0, or 1, with which the last vote earns nothing.
  /// - Throws: `EconomyError.noVotes`, `.duplicateVote`, `.invalidRate`, `.overflow`, `AmountError.overflow`.
  public init(
    queue: [Vote], validator: String, samples: UInt128, unit: Amount, firstIndex: Int = 0, rule: Rule = .agreement
  ) throws {
    guard !queue.isEmpty else { throw EconomyError.noVotes }
    guard firstIndex == 0 || firstIndex == 1 else {
      throw EconomyError.invalidRate(name: "index_base", given: "\(firstIndex)", allowed: "0 or 1")
    }
    var seen: Set<[String]> = []
    for vote in queue where !seen.insert([vote.validator, vote.trainer]).inserted {
      throw EconomyError.duplicateVote(vote.validator)
    }
    let outcomes = rule == .agreement ? try Self.outcomes(of: queue) : [:]
    var sum = 0
    for (index, vote) in queue.enumerated() where vote.validator == validator {
      if rule == .agreement, outcomes[vote.trainer] != vote.accepts { continue }
      sum += queue.count - index - firstIndex
    }
    numerator = UInt128(sum)
    denominator = UInt128(queue.count)
    reward = try unit.portion(
      try Whole.product(numerator, samples, "the coefficient times the samples"), of: denominator)
  }

  /// Whether each trainer's model was accepted.
  private static func outcomes(of queue: [Vote]) throws -> [String: Bool] {
    try Dictionary(grouping: queue, by: \.trainer).mapValues { votes in
      try ModelVerification(votes: votes.map(\.accepts)).isAccepted
    }
  }
}
