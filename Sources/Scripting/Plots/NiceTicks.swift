/// A place on an axis, and what to write there.
struct Tick: Equatable, Sendable {
  var value: Double
  var label: String
}

/// Round numbers along an axis: steps of 1, 2 or 5 times a power of ten (after P. Heckbert, "Nice numbers for graph
/// labels", Graphics Gems, 1990).
enum NiceTicks {
  /// The largest number there is.
  static let largest = Double.greatestFiniteMagnitude
  /// Numbers below this have no place on a logarithmic axis.
  static let smallest = 1e-300

  /// Ticks for a linear axis, at most `count` + 2 of them. The first is at or below `lower`, the last at or above
  /// `upper`; infinite where there is no such number.
  ///
  /// - Parameter isWhole: whether ticks stand at whole numbers only.
  /// - Precondition (kept by `Axis`): both ends are finite, and further apart than a ten-billionth of their size.
  static func linear(from lower: Double, to upper: Double, count: Int, isWhole: Bool = false) -> [Tick] {
    // The distance of two numbers near the end of the range is none: they are made smaller, and the ticks larger again.
    let shift = max(lower.magnitude, upper.magnitude) > 1e290 ? 20 : 0
    let (lower, upper) = shift == 0 ? (lower, upper) : (lower / 1e20, upper / 1e20)
    let rough = (upper - lower) / Double(max(count, 1))
    var exponent = DecimalPower.exponent(of: rough)
    let fraction = rough / DecimalPower.ten(exponent)
    var multiple = 1
    switch fraction {
    case ...1.0000001: multiple = 1
    case ...2.0000001: multiple = 2
    case ...5.0000001: multiple = 5
    default: exponent += 1
    }
    if isWhole, exponent < 0 { (multiple, exponent) = (1, 0) }
    let step = Double(multiple) * DecimalPower.ten(exponent)
    let first = Int((lower / step + 1e-7).rounded(.down))
    let last = Int((upper / step - 1e-7).rounded(.up))
    return (first...max(first, last)).map { index in
      let mantissa = index * multiple
      return Tick(
        value: value(mantissa, exponent: exponent + shift),
        label: NumberLabel.decimal(mantissa, exponent: exponent + shift))
    }
  }

  /// Ticks for a logarithmic axis: powers of ten, every n-th where they are many, with 2 and 5 between them where they
  /// are few. The first is at or below `lower`, the last at or above `upper`; both ends are positive.
  static func logarithmic(from lower: Double, to upper: Double, count: Int) -> [Tick] {
    let first = DecimalPower.exponent(of: lower)
    var last = DecimalPower.exponent(of: upper)
    if DecimalPower.ten(last) < upper || last == first { last += 1 }
    let stride = max(1, (last - first + max(count, 1) - 1) / max(count, 1))
    let multiples = last - first <= max(1, count / 3) ? [1, 2, 5] : [1]
    var ticks: [Tick] = []
    for exponent in Swift.stride(from: first, through: last + stride - 1, by: stride) {
      for multiple in multiples where exponent < last || multiple == 1 {
        let tickValue = value(multiple, exponent: exponent)
        guard tickValue.isFinite else { continue }
        ticks.append(Tick(value: tickValue, label: NumberLabel.decimal(multiple, exponent: exponent)))
      }
    }
    let start = ticks.lastIndex { $0.value <= lower } ?? 0
    let end = ticks.firstIndex { $0.value >= upper } ?? ticks.count - 1
    // One value that stands on a tick still needs a second tick to span an axis.
    return Array(ticks[start...min(max(start + 1, end), ticks.count - 1)])
  }

  /// Dividing by a positive power keeps 0.3 at the double nearest to it, which 3 times 0.1 is not.
  private static func value(_ mantissa: Int, exponent: Int) -> Double {
    exponent < 0 && exponent > -300
      ? Double(mantissa) / DecimalPower.ten(-exponent) : Double(mantissa) * DecimalPower.ten(exponent)
  }
}
