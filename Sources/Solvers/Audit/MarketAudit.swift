import Tensor

/// Whether one settled market kept what it promised: nobody worse off than by staying away, no money made or lost.
///
/// Each verdict names the worst case. Truthfulness is a promise about markets that did not happen, and is not audited
/// here.
public struct MarketAudit: Equatable, Sendable {
  /// No buyer pays more than the value it reported, and none pays for nothing.
  public let buyerRationality: Verdict
  /// No seller that trades receives less than it asked, and none is charged.
  public let sellerRationality: Verdict
  /// No member is left with less than nothing.
  public let memberRationality: Verdict
  /// The auctioneer does not lose money.
  public let weakBudgetBalance: Verdict
  /// The auctioneer neither loses nor keeps money.
  public let strongBudgetBalance: Verdict
  /// The members' shares add to what their organisation received.
  public let shareConservation: Verdict

  /// The promises by name, in the order above.
  public var verdicts: [(name: String, verdict: Verdict)] {
    [
      ("individual rationality of buyers", buyerRationality),
      ("individual rationality of sellers", sellerRationality),
      ("individual rationality of members", memberRationality),
      ("weak budget balance", weakBudgetBalance),
      ("strong budget balance", strongBudgetBalance),
      ("conservation of the receipt", shareConservation),
    ]
  }

  public var holds: Bool { verdicts.allSatisfy { $0.verdict.holds } }

  /// - Parameters:
  ///   - asks: what each seller reported, at least 0.
  ///   - bids: what each buyer reported, at least 0.
  ///   - outcome: the auction's result on these reports.
  ///   - memberUtilities: what each member is left with.
  ///   - receipt: what the members' organisation received, at least 0.
  ///   - shares: each member's part of it.
  ///   - tolerance: what is forgiven, relative to the larger of 1 and the numbers compared; at least 0.
  /// - Throws: `EmptyInput`, `ShapeMismatch`, `NotFinite`, `InvalidParameter`.
  public init(
    asks: [Double], bids: [Double], outcome: DoubleAuction.Outcome, memberUtilities: [Double], receipt: Double,
    shares: [Double], tolerance: Double = 1e-9
  ) throws {
    try check(
      .each(.seller, "asks", asks, .nonNegative),
      .each(.seller, "sellers' receipts", outcome.sellerReceipts, .real),
      .each(.buyer, "bids", bids, .nonNegative),
      .each(.buyer, "buyers' payments", outcome.buyerPayments, .real),
      .each(.member, "member utilities", memberUtilities, .real),
      .each(.member, "revenue shares", shares, .real),
      .scalar("receipt", receipt, .nonNegative),
      .scalar("tolerance", tolerance, .nonNegative))
    let buying = Set(outcome.winningBuyers)
    let selling = Set(outcome.winningSellers)
    let ruler = Ruler(tolerance: tolerance)

    buyerRationality = ruler.worst(
      bids.indices.map { buyer in
        let won = buying.contains(buyer)
        return Violation(
          participant: .buyer(buyer), claim: won ? "pays more than it bid" : "pays without winning",
          found: outcome.buyerPayments[buyer], allowed: won ? bids[buyer] : 0)
      }, found: .atMost)
    sellerRationality = ruler.worst(
      asks.indices.map { seller in
        let sold = selling.contains(seller)
        return Violation(
          participant: .seller(seller), claim: sold ? "receives less than it asked" : "is charged without selling",
          found: outcome.sellerReceipts[seller], allowed: sold ? asks[seller] : 0)
      }, found: .atLeast)
    memberRationality = ruler.worst(
      memberUtilities.indices.map {
        Violation(
          participant: .member($0), claim: "is left with less than by abstaining", found: memberUtilities[$0],
          allowed: 0)
      }, found: .atLeast)

    let paid = outcome.buyerPayments.reduce(0, +)
    let received = outcome.sellerReceipts.reduce(0, +)
    weakBudgetBalance = ruler.worst(
      [Violation(participant: .auctioneer, claim: "takes in less than it pays out", found: paid, allowed: received)],
      found: .atLeast)
    strongBudgetBalance = ruler.worst(
      [Violation(participant: .auctioneer, claim: "does not pay out what it takes in", found: paid, allowed: received)],
      found: .equal)
    shareConservation = ruler.worst(
      [
        Violation(
          participant: .organisation, claim: "does not distribute what it received", found: shares.reduce(0, +),
          allowed: receipt)
      ], found: .equal)
  }
}

/// Compares what was found with what was promised.
private struct Ruler {
  enum Promise { case atMost, atLeast, equal }

  let tolerance: Double

  /// The broken promise with the largest excess, among cases that may be broken or not.
  func worst(_ cases: [Violation], found promise: Promise) -> Verdict {
    let broken = cases.filter { entry in
      let slack = tolerance * max(1, max(abs(entry.found), abs(entry.allowed)))
      let difference = entry.found - entry.allowed
      return switch promise {
      case .atMost: difference > slack
      case .atLeast: -difference > slack
      case .equal: abs(difference) > slack
      }
    }
    return broken.max { $0.excess < $1.excess }.map(Verdict.violated) ?? .holds
  }
}
