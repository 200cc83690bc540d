/// Numbers as text on axes and in legends: exact decimals, the same on every machine.
enum NumberLabel {
  /// `mantissa` times ten to the `exponent`, plainly where that takes few digits, otherwise as in `1.5e-9`.
  static func decimal(_ mantissa: Int, exponent: Int) -> String {
    guard mantissa != 0 else { return exponent < 0 && exponent >= -6 ? fixed(0, decimals: -exponent) : "0" }
    let digits = String(mantissa.magnitude).count
    let leading = digits + exponent - 1
    guard leading < 6, exponent >= -12, leading >= -4 else { return scientific(mantissa, exponent: exponent) }
    if exponent >= 0 { return String(mantissa) + String(repeating: "0", count: exponent) }
    return fixed(mantissa, decimals: -exponent)
  }

  /// `mantissa` divided by ten to the power of `decimals`, with exactly that many decimals.
  static func fixed(_ mantissa: Int, decimals: Int) -> String {
    let sign = mantissa < 0 ? "-" : ""
    var digits = String(mantissa.magnitude)
    guard decimals > 0 else { return sign + digits }
    if digits.count <= decimals { digits = String(repeating: "0", count: decimals + 1 - digits.count) + digits }
    return sign + digits.dropLast(decimals) + "." + digits.suffix(decimals)
  }

  /// Rounded to four significant digits, without trailing zeros.
  static func short(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
    guard value != 0 else { return "0" }
    // Away from the ends of the range, where powers of ten overflow or vanish.
    if value.magnitude < 1e-250 { return short(value * 1e200, timesTenTo: -200) }
    if value.magnitude > 1e250 { return short(value / 1e200, timesTenTo: 200) }
    return short(value, timesTenTo: 0)
  }

  private static func short(_ value: Double, timesTenTo shift: Int) -> String {
    var exponent = DecimalPower.exponent(of: value.magnitude) - 3
    let scaled = exponent >= 0 ? value / DecimalPower.ten(exponent) : value * DecimalPower.ten(-exponent)
    var mantissa = Int(scaled.rounded())
    while mantissa != 0, mantissa % 10 == 0 {
      mantissa /= 10
      exponent += 1
    }
    return decimal(mantissa, exponent: exponent + shift)
  }

  private static func scientific(_ mantissa: Int, exponent: Int) -> String {
    let sign = mantissa < 0 ? "-" : ""
    let digits = String(mantissa.magnitude)
    var fraction = digits.dropFirst()
    while fraction.last == "0" { fraction.removeLast() }
    let point = fraction.isEmpty ? "" : "."
    return "\(sign)\(digits.prefix(1))\(point)\(fraction)e\(exponent + digits.count - 1)"
  }
}
