extension Amount {
  /// Money given as a double, at the door of the ledger.
  ///
  /// The double stands for the shortest decimal that reads back as the same double, which is what a prompt prints:
  /// 0.1 is exactly a tenth of a token, not 0.1000000000000000055. Digits beyond the 18th decimal are rounded half to
  /// even.
  ///
  /// - Throws: `AmountError.notFinite`; `AmountError.notMoney` for negative numbers; `AmountError.overflow`.
  public init(_ tokens: Double) throws(AmountError) {
    guard tokens.isFinite else { throw .notFinite("\(tokens)") }
    guard tokens >= 0 else { throw .notMoney("\(tokens)") }
    let (digits, exponent) = ShortestDecimal.parts(of: tokens)
    self.init(units: try Self.scaled(digits, byPowerOfTen: exponent + 18, of: tokens))
  }

  /// The nearest double, in tokens; for display and for the arithmetic of mechanisms, never for settlement.
  public var tokens: Double {
    let (whole, fraction) = units.quotientAndRemainder(dividingBy: Self.unitsPerToken)
    // Whole tokens fit 64 bits but in the largest economies, and doubles of 64 bits are made by one instruction, those
    // of 128 by many.
    let upper = whole < 1 << 64 ? Double(UInt64(truncatingIfNeeded: whole)) : Double(whole)
    return upper + Double(UInt64(truncatingIfNeeded: fraction)) / 1e18
  }

  private static func scaled(
    _ digits: UInt128, byPowerOfTen power: Int, of tokens: Double
  ) throws(AmountError) -> UInt128 {
    guard digits != 0 else { return 0 }
    if power >= 0 {
      var units = digits
      for _ in 0..<power {
        let (product, overflow) = units.multipliedReportingOverflow(by: 10)
        guard !overflow else { throw .overflow("\(tokens)") }
        units = product
      }
      return units
    }
    // Seventeen digits at most: beyond that many places nothing is left but zero.
    guard power >= -18 else { return 0 }
    var divisor: UInt128 = 1
    for _ in 0..<(-power) { divisor *= 10 }
    let (quotient, remainder) = digits.quotientAndRemainder(dividingBy: divisor)
    let half = divisor / 2
    return remainder > half || (remainder == half && quotient % 2 == 1) ? quotient + 1 : quotient
  }
}

/// The shortest decimal that reads back as a given double.
enum ShortestDecimal {
  /// - Parameter value: finite and not negative.
  /// - Returns: whole digits d and an exponent e such that d x 10^e is that decimal.
  static func parts(of value: Double) -> (digits: UInt128, exponent: Int) {
    var digits: UInt128 = 0
    var exponent = 0
    var isFraction = false
    let text = value.description
    for (offset, byte) in text.utf8.enumerated() {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        digits = digits * 10 + UInt128(byte - UInt8(ascii: "0"))
        if isFraction { exponent -= 1 }
      case UInt8(ascii: "."):
        isFraction = true
      case UInt8(ascii: "e"):
        return (digits, exponent + (Int(text.dropFirst(offset + 1)) ?? 0))
      default:
        break
      }
    }
    return (digits, exponent)
  }
}
