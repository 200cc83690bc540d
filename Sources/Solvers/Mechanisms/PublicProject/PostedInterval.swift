/// What a model will cost in all, within bounds that its proposal posts before anybody claims anything.
///
/// The paper draws C_m between the sum of the claims and the sum of the bids, so that claims move the price: halving
/// one's bid pays. Posted bounds and a number that is drawn after the claims are sealed depend on nobody's report.
///
/// Source: HCFL section III.C; posting is the correction.
public struct PostedInterval: Sendable, Equatable {
  public let low: Int128
  public let high: Int128

  /// - Throws: `NegativeAmount`, `AmountOverflow`; `EmptyInterval` when `high` lies below `low`.
  public init(low: Int128, high: Int128) throws(ProjectError) {
    try Int128.check(low, "the low end")
    try Int128.check(high, "the high end")
    guard low <= high else {
      throw ProjectError(.emptyInterval, "the interval ends at \(high), below its beginning \(low)")
    }
    self.low = low
    self.high = high
  }

  /// C_m = low + floor((high - low) u).
  public func totalPayment(_ beacon: Beacon) -> Int128 {
    low + Int128(beacon.part(of: (high - low).magnitude))
  }
}

/// A public random number u in [0, 1), drawn after the reports are sealed.
public struct Beacon: Sendable, Equatable {
  public let numerator: UInt128
  public let denominator: UInt128

  /// - Throws: `InvalidParameter` unless the numerator is below the denominator.
  public init(_ numerator: UInt128, of denominator: UInt128) throws(ProjectError) {
    guard numerator < denominator else {
      throw ProjectError(
        .invalidParameter, "the beacon must be at least 0 and below 1, but is \(numerator) / \(denominator)")
    }
    self.numerator = numerator
    self.denominator = denominator
  }

  /// floor(x u), the product taken in 256 bits; it fits because u is below 1.
  func part(of amount: UInt128) -> UInt128 {
    denominator.dividingFullWidth(amount.multipliedFullWidth(by: numerator)).quotient
  }
}
