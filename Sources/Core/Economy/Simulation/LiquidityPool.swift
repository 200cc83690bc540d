/// A market between tokens and cash that keeps the product of its two holdings (a constant-product market maker), free
/// of charge.
///
/// Both sides are whole units; what a trade rounds stays in the pool.
public struct LiquidityPool: Sendable, Equatable {
  public private(set) var tokens: Amount
  public private(set) var cash: Amount

  public init(tokens: Amount, cash: Amount) {
    self.tokens = tokens
    self.cash = cash
  }

  /// Cash for a token, at the margin; 0 for an empty pool.
  public var price: Double { tokens.isZero ? 0 : cash.tokens / tokens.tokens }

  /// Puts cash in and takes floor(T c / (C + c)) tokens out.
  public mutating func buy(with paid: Amount) throws -> Amount {
    let after = try cash + paid
    guard !after.isZero else { return .zero }
    let bought = try tokens.portion(paid.units, of: after.units)
    cash = after
    tokens = try tokens - bought
    return bought
  }

  /// Puts tokens in and takes floor(C x / (T + x)) cash out.
  public mutating func sell(_ sold: Amount) throws -> Amount {
    let after = try tokens + sold
    guard !after.isZero else { return .zero }
    let received = try cash.portion(sold.units, of: after.units)
    tokens = after
    cash = try cash - received
    return received
  }
}
