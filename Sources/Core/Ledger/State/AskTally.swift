/// How a DAO's members voted on the price of a model (PMS-AM 5.2, equation 34).
public struct AskTally: Hashable, Sendable {
  public struct Line: Hashable, Sendable {
    public let member: Address
    /// In millionths.
    public let ask: UInt64
    /// How many of the other members approve it.
    public let votes: Int
    public let isApproved: Bool
  }

  /// In the order of the record's members.
  public let lines: [Line]

  /// The DAO's ask: the sum of the asks approved.
  public var total: Amount {
    // The ledger takes no ask above `Micro.maximum`, so that 10^11 members would be needed to overflow.
    Amount(units: weights.reduce(0, &+) &* Amount.unitsPerMicro)
  }

  /// What each member's part of the receipt is proportional to: its ask where approved, else zero.
  public var weights: [UInt128] { lines.map { $0.isApproved ? UInt128($0.ask) : 0 } }
}

extension LedgerState {
  /// Counts the votes on the asking price of a token.
  ///
  /// An ask stands when at least N/2 of the other members approve it; a member's vote on itself does not count, and
  /// who has not voted approves nothing. A DAO of one needs nobody's approval (the printed rule would let it never
  /// sell).
  ///
  /// - Throws: `Refusal.unknownToken`; `Refusal.asksMissing` until every member has declared its ask.
  public func askTally(of token: Digest) throws(Refusal) -> AskTally {
    guard let members = self.token(token)?.members else { throw .unknownToken(token) }
    let votes = members.compactMap { memberVote(token: token, member: $0) }
    guard votes.count == members.count else { throw .asksMissing(declared: votes.count, members: members.count) }
    return AskTally(
      lines: members.indices.map { index in
        let approving = votes.indices.count { $0 != index && (votes[$0].approvals?[index] ?? false) }
        return AskTally.Line(
          member: members[index], ask: votes[index].ask, votes: approving,
          isApproved: members.count == 1 || 2 * approving >= members.count)
      })
  }
}

extension LedgerState {
  /// Whether an opened ask is what the members voted, where the DAO that offers the token wanted to be held to that; who
  /// bought the model from it asks what it likes.
  ///
  /// - Parameter offered: the token of an ask; nil for a bid.
  /// - Throws: `Refusal.token(.askNotVoted)`; `Refusal.asksMissing` as long as the members have not all voted.
  func checkVotedAsk(_ bid: Bid, for offered: Digest?) throws(Refusal) {
    guard let offered, terms(of: offered).isAskBound, let token = token(offered), token.owner == token.dao,
      address(named: bid.bidder) == token.dao
    else { return }
    let (ask, voted) = (Amount(micro: bid.valueMicro), try askTally(of: offered).total)
    guard ask == voted else { throw .token(.askNotVoted(seller: bid.bidder, ask: ask, voted: voted)) }
  }
}
