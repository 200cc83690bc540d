/// Divides whole units so that the parts sum to the whole, to the last unit (Hamilton's method).
public enum LargestRemainder {
  /// Why whole units cannot be divided.
  public enum Refusal: Error, Equatable {
    /// The weights sum to zero.
    case zeroWeight
    /// The sum of the weights leaves 128 bits.
    case overflow
  }

  /// Part i is floor(T w_i / W); the units left over go one each to the largest remainders of T w_i / W, ties to the
  /// lower index. Every part is within one unit of its ideal; a weight of zero receives zero.
  ///
  /// - Parameters:
  ///   - total: T, in units.
  ///   - weights: w, of which only the ratios count.
  public static func parts(of total: UInt128, weights: [UInt128]) throws(Refusal) -> [UInt128] {
    var whole: UInt128 = 0
    for weight in weights {
      let (sum, overflow) = whole.addingReportingOverflow(weight)
      guard !overflow else { throw .overflow }
      whole = sum
    }
    guard whole > 0 else { throw .zeroWeight }

    // T w_i < 2^128 W, so that the quotient always fits.
    let shares = weights.map { whole.dividingFullWidth(total.multipliedFullWidth(by: $0)) }
    var parts = shares.map(\.quotient)
    let assigned = parts.reduce(0, +)
    let order = shares.indices.sorted {
      (shares[$1].remainder, $0) < (shares[$0].remainder, $1)
    }
    for index in order.prefix(Int(total - assigned)) { parts[index] += 1 }
    return parts
  }
}
