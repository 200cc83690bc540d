/// What becomes of a week's gas fees: costs first, then some burned, a quarter of the rest to developers, and all that
/// is left to stakers.
///
/// Source: Network3 3.3.1, 3.3.3. Unpaid costs are a deficit that the next week owes first.
public struct GasRevenue: Sendable, Equatable {
  public let operationsPaid: Amount
  public let deficitOut: Amount
  /// What is left after costs.
  public let net: Amount
  public let burned: Amount
  public let developers: Amount
  public let stakers: Amount

  /// - Parameter burn: basis points of the net income.
  /// - Throws: `EconomyError.invalidRate`, `AmountError.overflow`.
  public init(gross: Amount, costs: [Amount], deficitIn: Amount = .zero, burn: Int = 0) throws {
    let burnShare = try BasisPoints.checked(burn, "burn_bps")
    let due = try Amount.total(costs + [deficitIn])
    operationsPaid = min(gross, due)
    deficitOut = try due - operationsPaid
    net = try gross - operationsPaid
    burned = try net.portion(burnShare, of: UInt128(BasisPoints.whole))
    let shared = try net - burned
    developers = try shared.portion(1, of: 4)
    stakers = try shared - developers
    try Conservation.check("gas fees", gross, equal: operationsPaid, burned, developers, stakers)
  }

  /// The developers' part by points of the week, by largest remainder; with no active developer it is the treasury's.
  public static func developerShares(of amount: Amount, points: [UInt128]) throws -> (
    developers: [Amount], treasury: Amount
  ) {
    guard try Whole.sum(points, "the points") > 0 else { return (points.map { _ in .zero }, amount) }
    return (try amount.split(weights: points), .zero)
  }
}
