/// A stream that is shared out again and again: every part is rounded down, and what is left over goes into the next
/// period.
public struct StreamSplit: Sendable, Equatable {
  public let shares: [Amount]
  public let carryOut: Amount

  /// Shares total + carry in proportion to weights; with no weight at all everything is carried.
  ///
  /// - Throws: `AmountError.overflow`, `EconomyError.overflow` when sums leave 128 bits.
  public init(_ total: Amount, weights: [UInt128], carryIn: Amount = .zero) throws {
    let whole = try total + carryIn
    let sum = try Whole.sum(weights, "the \(weights.count) weights")
    guard sum > 0 else {
      shares = weights.map { _ in .zero }
      carryOut = whole
      return
    }
    let shares = try weights.map { try whole.portion($0, of: sum) }
    carryOut = try whole - Amount.total(shares)
    self.shares = shares
    try Conservation.check("stream split", [total, carryIn], equal: shares + [carryOut])
  }
}
