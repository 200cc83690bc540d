/// What a sender pays for the work of its transaction at most.
public struct GasOffer: Hashable, Sendable {
  /// Units of gas; what a contract uses beyond it fails.
  public let limit: UInt64
  /// For a unit of gas; the chain's price is charged, and a transaction that offers less is refused.
  public let price: Amount

  public init(limit: UInt64, price: Amount) {
    (self.limit, self.price) = (limit, price)
  }

  /// Enough for any single contract call that a user would wait for, at a price of nothing.
  public static let usual = GasOffer(limit: 50_000_000, price: .zero)
}
