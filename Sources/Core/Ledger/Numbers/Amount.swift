import Tensor

/// A sum of money: a whole number of units of 10^-18 token, never negative.
///
/// Money is never binary floating point: 128 bits hold up to 3.4 x 10^20 tokens to the last unit, every operation
/// that could leave that range throws, and products are formed in 256 bits before they are divided.
public struct Amount: Hashable, Comparable, Sendable {
  /// The number of units of 10^-18 token.
  public let units: UInt128

  public init(units: UInt128) {
    self.units = units
  }

  public static let unitsPerToken: UInt128 = 1_000_000_000_000_000_000
  /// Bids are whole numbers of 10^-6 token.
  public static let unitsPerMicro: UInt128 = 1_000_000_000_000
  public static let zero = Amount(units: 0)
  public static let maximum = Amount(units: .max)

  /// - Parameter micro: a number of millionths of a token; every 64-bit number of them fits.
  public init(micro: UInt64) {
    units = UInt128(micro) * Self.unitsPerMicro
  }

  /// A whole number of tokens; every 64-bit number of them fits.
  public init(tokens: UInt64) {
    units = UInt128(tokens) * Self.unitsPerToken
  }

  public var isZero: Bool { units == 0 }

  public static func < (left: Amount, right: Amount) -> Bool {
    left.units < right.units
  }

  /// - Throws: `AmountError.overflow`.
  public static func + (left: Amount, right: Amount) throws(AmountError) -> Amount {
    let (sum, overflow) = left.units.addingReportingOverflow(right.units)
    guard !overflow else { throw .overflow("\(left) + \(right)") }
    return Amount(units: sum)
  }

  /// - Throws: `AmountError.negative`.
  public static func - (left: Amount, right: Amount) throws(AmountError) -> Amount {
    guard left.units >= right.units else { throw .negative("\(left) - \(right)") }
    return Amount(units: left.units - right.units)
  }

  /// - Throws: `AmountError.overflow`.
  public static func * (left: Amount, factor: UInt64) throws(AmountError) -> Amount {
    let (product, overflow) = left.units.multipliedReportingOverflow(by: UInt128(factor))
    guard !overflow else { throw .overflow("\(left) * \(factor)") }
    return Amount(units: product)
  }

  /// The sum of a list.
  ///
  /// - Throws: `AmountError.overflow`.
  public static func total(_ amounts: some Sequence<Amount>) throws(AmountError) -> Amount {
    var sum = Amount.zero
    for amount in amounts { sum = try sum + amount }
    return sum
  }

  /// Which way the last unit falls: payouts go down, thresholds and penalties go up.
  public enum Rounding: Sendable {
    case down, up
  }

  /// This amount times `numerator / denominator`, the product taken in 256 bits.
  ///
  /// - Throws: `AmountError.divisionByZero`, `AmountError.overflow`.
  public func portion(
    _ numerator: UInt128, of denominator: UInt128, rounding: Rounding = .down
  ) throws(AmountError) -> Amount {
    guard denominator != 0 else { throw .divisionByZero }
    let product = units.multipliedFullWidth(by: numerator)
    guard product.high < denominator else { throw .overflow("\(self) * \(numerator) / \(denominator)") }
    let (quotient, remainder) = denominator.dividingFullWidth(product)
    guard rounding == .up, remainder != 0 else { return Amount(units: quotient) }
    return try Amount(units: quotient) + Amount(units: 1)
  }
}

/// An operation on money that has no answer.
public enum AmountError: Diagnosable, Equatable {
  case overflow(String)
  case bidTooLarge(Double)
  case negative(String)
  case divisionByZero
  case malformed(String)
  case notMoney(String)
  case notFinite(String)
  case zeroWeight(parts: Int)

  public var kind: String {
    switch self {
    case .overflow, .bidTooLarge: "AmountOverflow"
    case .negative: "NegativeAmount"
    case .divisionByZero, .malformed, .notMoney: "InvalidParameter"
    case .notFinite: "NotFinite"
    case .zeroWeight: "ZeroWeight"
    }
  }

  public var message: String {
    switch self {
    case .overflow(let what): "\(what) is more than a ledger can hold (\(Amount.maximum) tokens)"
    case .bidTooLarge(let tokens):
      "a bid is at most 1000000000 tokens, not \(UInt64(exactly: tokens).map { "\($0)" } ?? "\(tokens)")"
    case .negative(let what): "\(what) is below zero"
    case .divisionByZero: "a portion was asked of a denominator that is zero"
    case .malformed(let text):
      "\"\(text)\" is no amount; an amount is written in digits with at most 18 decimals, such as \"12.5\""
    case .notMoney(let what), .notFinite(let what):
      "\(what) is no amount of money; it must be a finite number that is not negative"
    case .zeroWeight(let parts): "cannot split an amount in \(parts) parts whose weights sum to zero"
    }
  }
}
