/// The owners' vote on a winner whose model does not reach the accuracy that it promised.
///
/// Source: HCFL section III.D; evidence, the penalty's formula and the quorum are ours.
public struct PromiseVote: Sendable, Equatable {
  /// When a vote counts.
  public enum Gate: String, CaseIterable, Sendable {
    /// Only with a measured shortfall.
    case voteAndEvidence = "vote_and_evidence"
    /// By itself, as the paper has it: an accuracy above the promise may cost the bond.
    case vote
  }

  /// A penalty of `slope` times the relative shortfall.
  public struct Slope: Sendable, Equatable {
    public let numerator: UInt64
    public let denominator: UInt64

    /// - Throws: `InvalidParameter` for a denominator of 0.
    public init(_ numerator: UInt64, over denominator: UInt64 = 1) throws(ProjectError) {
      guard denominator > 0 else { throw ProjectError(.invalidParameter, "the slope's denominator must be above 0") }
      self.numerator = numerator
      self.denominator = denominator
    }

    static let one = Slope(whole: 1)
    private init(whole: UInt64) { (numerator, denominator) = (whole, 1) }
  }

  public let isPunished: Bool
  /// Promised less measured accuracy, at least 0, in parts per million.
  public let shortfall: Int
  public let penalty: Int128

  /// - Parameters:
  ///   - promised: accuracy in parts per million, above 0 and at most 10^6.
  ///   - measured: the same, from 0; a winner that does not report counts as 0.
  ///   - votes: of all owners but the winner; nil for who did not vote. More than half of the votes, and half of the
  ///     eligible, are needed.
  /// - Throws: `InvalidAccuracy`, `NegativeAmount`, `AmountOverflow`.
  public init(
    promised: Int, measured: Int, votes: [Bool?], bond: Int128, slope: Slope? = nil, gate: Gate = .voteAndEvidence
  ) throws(ProjectError) {
    guard (1...1_000_000).contains(promised) else {
      throw ProjectError(
        .invalidAccuracy, "a promise must be above 0 and at most 1000000 parts per million, but is \(promised)")
    }
    guard (0...1_000_000).contains(measured) else {
      throw ProjectError(
        .invalidAccuracy, "a measured accuracy must be from 0 to 1000000 parts per million, but is \(measured)")
    }
    try Int128.check(bond, "the bond")
    let cast = votes.compactMap { $0 }
    let yes = cast.count { $0 }
    let isVoted = 2 * yes > cast.count && 2 * cast.count >= votes.count
    shortfall = max(0, promised - measured)
    isPunished = isVoted && (gate == .vote || shortfall > 0)
    guard isPunished else {
      penalty = 0
      return
    }
    penalty =
      shortfall == 0
      ? bond : Self.penalty(bond, slope ?? .one, shortfall: UInt128(shortfall), promised: UInt128(promised))
  }

  /// min(bond, ceil(bond slope shortfall / promise)), the product taken in 256 bits.
  private static func penalty(_ bond: Int128, _ slope: Slope, shortfall: UInt128, promised: UInt128) -> Int128 {
    let numerator = UInt128(slope.numerator) * shortfall
    let denominator = UInt128(slope.denominator) * promised
    guard numerator < denominator else { return bond }
    let (quotient, remainder) = denominator.dividingFullWidth(bond.magnitude.multipliedFullWidth(by: numerator))
    return min(bond, Int128(quotient) + (remainder > 0 ? 1 : 0))
  }
}
