import Tensor

/// What an organisation asks for its model.
public struct MemberVote: Equatable, Sendable {
  /// Whose ask the others approved.
  public let approved: [Bool]
  /// What each member asks, in money; 0 where it was not approved.
  public let asks: [Double]
  /// What the organisation asks, in money.
  public var askTotal: Double { asks.reduce(0, +) }

  /// Puts each member's ask, its whole benefit, to the vote of the others; at least half of all members must approve.
  ///
  /// For whole numbers "at least N/2 of the others" is the strict majority of the others. A member alone has nobody to
  /// approve it. The vote is not proof against strategy: rejecting a colleague never hurts whoever shares the receipt.
  ///
  /// - Parameters:
  ///   - benefit: delta, members x providers, any sign.
  ///   - votes: row i holds the votes on member i's ask, one column per voter, 0 or 1; the diagonal is ignored.
  /// - Throws: `EmptyInput`, `ShapeMismatch`, `NotFinite`, `InvalidParameter`.
  ///
  /// Source: PMS-AM (34).
  public static func held(benefit: Matrix, votes: Matrix) throws -> MemberVote {
    try check(
      .table(.member, .provider, "benefit", benefit, .real),
      .table(.member, .member, "votes", votes, .vote))
    let members = benefit.rows
    let approved = (0..<members).map { member in
      votes.row(member).reduce(0, +) - votes[member, member] >= Double(members) / 2
    }
    let asks = zip(IncentiveModel.rowSums(benefit), approved).map { $1 ? $0 : 0 }
    return MemberVote(approved: approved, asks: asks)
  }
}
