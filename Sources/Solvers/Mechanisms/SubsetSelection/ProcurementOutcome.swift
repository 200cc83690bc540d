/// Who sells, what each winner is paid, and what that leaves to whom.
public struct ProcurementOutcome: Equatable, Sendable {
  /// In ascending order.
  public let winners: [Int]
  /// What each seller is paid; 0 to losers.
  public let payments: [Double]
  /// U_d of the winners.
  public let utility: Double
  /// U_d less the winners' bids.
  public let welfare: Double
  /// U_d less all payments.
  public let buyerSurplus: Double

  init(winners: [Int], payments: [Double], utility: Double, bids: [Double]) {
    self.winners = winners
    self.payments = payments
    self.utility = utility
    welfare = utility - winners.reduce(0) { $0 + bids[$1] }
    buyerSurplus = utility - payments.reduce(0, +)
  }
}
