extension Amount: CustomStringConvertible {
  /// The amount in tokens, exact, without trailing zeros: `"12.5"`.
  public var description: String {
    let (whole, fraction) = units.quotientAndRemainder(dividingBy: Self.unitsPerToken)
    guard fraction != 0 else { return String(whole) }
    let digits = String(fraction)
    let padded = String(repeating: "0", count: 18 - digits.count) + digits
    let trimmed = padded.reversed().drop { $0 == "0" }.reversed()
    return "\(whole)." + String(trimmed)
  }

  /// Reads an amount of tokens such as `"12.5"`: digits, then at most 18 decimals. No sign, blank or exponent.
  ///
  /// - Throws: `AmountError.malformed`, `AmountError.overflow`.
  public init(_ text: String) throws(AmountError) {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = parts.first, !whole.isEmpty else { throw .malformed(text) }
    let fraction = parts.count == 2 ? parts[1] : "0".utf8[...]
    guard (1...18).contains(fraction.count) else { throw .malformed(text) }

    var units: UInt128 = 0
    let zeros = repeatElement(UInt8(ascii: "0"), count: 18 - fraction.count)
    for byte in [Array(whole), Array(fraction), Array(zeros)].joined() {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { throw .malformed(text) }
      let (shifted, first) = units.multipliedReportingOverflow(by: 10)
      let (sum, second) = shifted.addingReportingOverflow(UInt128(byte - UInt8(ascii: "0")))
      guard !first, !second else { throw .overflow(text) }
      units = sum
    }
    self.init(units: units)
  }
}
