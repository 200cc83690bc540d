/// The entry of a trainer's model in the verification table: the weighted mean of its evaluators' votes.
///
/// Source: Network3 (2). One half passes.
public struct ModelVerification: Sendable, Equatable {
  public let yes: UInt128
  public let total: UInt128

  public var value: Double { Double(yes) / Double(total) }
  public var isAccepted: Bool { Whole.product(2, yes, isAtLeast: 1, total) }

  /// - Parameter weights: of the evaluators, 1 each where none are given.
  /// - Throws: `EconomyError.noVotes`, `.dimensionMismatch`, `.zeroWeight`, `.overflow`.
  public init(votes: [Bool], weights: [UInt128]? = nil) throws(EconomyError) {
    guard !votes.isEmpty else { throw .noVotes }
    let weights = weights ?? votes.map { _ in 1 }
    guard weights.count == votes.count else {
      throw .dimensionMismatch("\(votes.count) votes need \(votes.count) weights, got \(weights.count)")
    }
    total = try Whole.sum(weights, "the weights")
    guard total > 0 else { throw .zeroWeight("the weights") }
    yes = try Whole.sum(zip(votes, weights).filter(\.0).map(\.1), "the weights")
  }
}

/// A trainer's reward: samples x epochs x unit for a model that is accepted, else nothing.
///
/// Source: Network3 (2).
public enum TrainerReward {
  /// - Throws: `EconomyError.noVotes`, `.overflow`, `AmountError.overflow`.
  public static func amount(
    samples: UInt128, epochs: UInt128, unit: Amount, votes: [Bool]
  ) throws -> Amount {
    guard try ModelVerification(votes: votes).isAccepted else { return .zero }
    return try unit.portion(try Whole.product(samples, epochs, "samples times epochs"), of: 1)
  }
}

/// An aggregator's reward: entries of the table x votes in the queue x unit.
///
/// Source: Network3 (4). The queue grows with the table, so the reward grows with the square of the trainers.
public enum AggregatorReward {
  public static func amount(entries: UInt128, votes: UInt128, unit: Amount) throws -> Amount {
    try unit.portion(try Whole.product(entries, votes, "entries times votes"), of: 1)
  }
}
