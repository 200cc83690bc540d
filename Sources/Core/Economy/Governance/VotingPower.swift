/// What a vote weighs: the pledge, and veN3 at a rate.
public struct VotingPower: Sendable, Equatable {
  public let votesNumerator: UInt128
  public let votesDenominator: UInt128

  public static let oneToOne = VotingPower(unchecked: 1, 1)

  private init(unchecked numerator: UInt128, _ denominator: UInt128) {
    (votesNumerator, votesDenominator) = (numerator, denominator)
  }

  /// - Throws: `EconomyError.invalidRate` for a denominator of 0.
  public init(_ numerator: UInt128, of denominator: UInt128) throws(EconomyError) {
    guard denominator > 0 else { throw .invalidRate(name: "ve_denominator", given: "0", allowed: "at least 1") }
    self.init(unchecked: numerator, denominator)
  }

  /// pledge + floor(ve numerator / denominator).
  public func power(pledge: Amount, votes: Amount) throws -> Amount {
    try pledge + votes.portion(votesNumerator, of: votesDenominator)
  }
}
