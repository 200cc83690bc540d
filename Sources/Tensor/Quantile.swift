/// Quantiles of samples, linear between the order statistics (type 7 of R. Hyndman and Y. Fan, "Sample quantiles", 1996).
public enum Quantile {
  /// - Parameters:
  ///   - share: from 0 to 1.
  ///   - sorted: in rising order; at least one value.
  public static func value(_ share: Double, of sorted: [Double]) -> Double {
    let place = share * Double(sorted.count - 1)
    let below = Int(place)
    guard below + 1 < sorted.count else { return sorted[sorted.count - 1] }
    let part = place - Double(below)
    // Not below + part (above - below): that difference may be more than a number holds.
    return sorted[below] * (1 - part) + sorted[below + 1] * part
  }
}
