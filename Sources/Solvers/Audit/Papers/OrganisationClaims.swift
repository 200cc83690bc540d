import Tensor

/// What PMS-AM says of the vote within an organisation.
enum OrganisationClaims {
  static func all(_ trial: ClaimTrial) throws -> [PaperClaim] { [try vote()] }

  private static func vote() throws -> PaperClaim {
    let benefit = Matrix(rows: 3, columns: 1, repeating: 10)
    /// The first member's share of a receipt of 30, when the votes on the third member's ask are as given.
    func share(_ votes: [Double]) throws -> Double {
      let all = Matrix(rows: 3, columns: 3, elements: [0, 1, 1, 1, 0, 1] + votes)
      return try RevenueShares.proportional(receipt: 30, asks: MemberVote.held(benefit: benefit, votes: all).asks)[0]
    }
    return PaperClaim(
      "A15", "PMS-AM (34)", "members vote honestly on each other's asks",
      printed: Comparison(
        Figure("share, rejecting a colleague", try share([0, 1, 0])), .atMost,
        Figure("approving", try share([1, 1, 0]))),
      truth: "rejecting never hurts who shares the receipt; check asks by formula")
  }
}
