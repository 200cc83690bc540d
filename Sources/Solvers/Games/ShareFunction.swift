/// The share of the total that each provider wants to hold, given that total: the key to the contest's equilibrium.
///
/// At an equilibrium with total S the first-order condition gives each provider the share
/// s_j = max(0, 1 + t - sqrt(t^2 + 1 + A_j)) with t = v_j / (2S). Every s_j falls strictly from 1 to 0 as S grows, so
/// exactly one total makes the shares add to one; provider j takes part exactly when A_j S < v_j.
///
/// The method is that of Cornes and Hartley, "Asymmetric contests with general technologies", Economic Theory 26
/// (2005); the shares are those of the contest in `BidContest`.
struct ShareFunction {
  /// v_j / max v, above 0.
  let values: [Double]
  let largestValue: Double

  init(values: [Double]) {
    let largest = values.max() ?? 1
    largestValue = largest
    self.values = values.map { $0 / largest }
  }

  /// The bids at equilibrium, and their total.
  ///
  /// - Parameters:
  ///   - loads: A_j, at least 0, one per provider.
  ///   - scale: multiplies every load.
  ///   - guess: where the search for the total starts, in units of the largest value; updated to where it ended.
  ///   - bids: where the bids are written.
  /// - Returns: the total, in money.
  func solve(
    loads: UnsafeBufferPointer<Double>, scale: Double, guess: inout Double, bids: UnsafeMutablePointer<Double>
  ) -> Double {
    values.withUnsafeBufferPointer { values in
      let inverse = root(values: values, loads: loads, scale: scale, start: 0.5 / guess)
      guess = 0.5 / inverse
      let total = guess * largestValue
      Self.writeBids(values: values, loads: loads, scale: scale, inverse: inverse, total: total, bids: bids)
      return total
    }
  }

  /// The x = 1/(2S) at which the shares add to one: Newton's method inside a bracket that bisection keeps shrinking.
  private func root(
    values: UnsafeBufferPointer<Double>, loads: UnsafeBufferPointer<Double>, scale: Double, start: Double
  ) -> Double {
    var low = 0.0
    var high = Double.infinity
    var x = start
    for _ in 0..<2000 where x < Self.largestInverse {
      let (excess, slope) = Self.excessOfShares(values: values, loads: loads, scale: scale, inverse: x)
      if excess > 0 { high = x } else { low = x }
      let newton = x - excess / slope
      // The error of a tangent step is the square of its length.
      if abs(newton - x) <= 1e-11 * x { return newton }
      // Outside the bracket the tangent is of no use: double while there is no upper end, halve the bracket after.
      let next = newton > low && newton < high ? newton : high == .infinity ? 2 * x : 0.5 * (low + high)
      if abs(next - x) <= 2e-16 * x { return next }
      x = next
    }
    return min(x, Self.largestInverse)
  }

  /// The sum of the shares less one, and its derivative in x = 1/(2S).
  private static func excessOfShares(
    values: UnsafeBufferPointer<Double>, loads: UnsafeBufferPointer<Double>, scale: Double, inverse: Double
  ) -> (excess: Double, slope: Double) {
    let valueBytes = UnsafeRawBufferPointer(values)
    let loadBytes = UnsafeRawBufferPointer(loads)
    var shareLanes = SIMD8<Double>.zero
    var slopeLanes = SIMD8<Double>.zero
    let whole = values.count & ~7
    var index = 0
    while index < whole {
      let value = valueBytes.loadUnaligned(fromByteOffset: index &* 8, as: SIMD8<Double>.self)
      let load = scale * loadBytes.loadUnaligned(fromByteOffset: index &* 8, as: SIMD8<Double>.self)
      let t = value * inverse
      let root = (t * t + (1 + load)).squareRoot()
      let wanted = 2 * t - load
      let active = wanted .> 0
      // One division for both: share = wanted / (1 + t + root), slope = value (1 + load) / (root (root + t)).
      let first = 1 + t + root
      let second = root * (root + t)
      let reciprocal = 1 / (first * second)
      shareLanes += (wanted * second * reciprocal).replacing(with: 0, where: .!active)
      slopeLanes += (value * (1 + load) * first * reciprocal).replacing(with: 0, where: .!active)
      index &+= 8
    }
    var shares = shareLanes.sum()
    var slope = slopeLanes.sum()
    while index < values.count {
      let load = loads[index] * scale
      let t = values[index] * inverse
      if 2 * t > load {
        let root = (t * t + (1 + load)).squareRoot()
        shares += (2 * t - load) / (1 + t + root)
        slope += values[index] * (1 + load) / (root * (root + t))
      }
      index &+= 1
    }
    return (shares - 1, slope)
  }

  /// Each share times the total, (2t - A) / (1 + t + sqrt(t^2 + 1 + A)) freed of its cancellation, or 0.
  private static func writeBids(
    values: UnsafeBufferPointer<Double>, loads: UnsafeBufferPointer<Double>, scale: Double, inverse: Double,
    total: Double, bids: UnsafeMutablePointer<Double>
  ) {
    let valueBytes = UnsafeRawBufferPointer(values)
    let loadBytes = UnsafeRawBufferPointer(loads)
    let output = UnsafeMutableRawPointer(bids)
    let whole = values.count & ~7
    var index = 0
    while index < whole {
      let load = scale * loadBytes.loadUnaligned(fromByteOffset: index &* 8, as: SIMD8<Double>.self)
      let t = inverse * valueBytes.loadUnaligned(fromByteOffset: index &* 8, as: SIMD8<Double>.self)
      let wanted = 2 * t - load
      let bid = total * wanted / (1 + t + (t * t + (1 + load)).squareRoot())
      output.storeBytes(
        of: bid.replacing(with: 0, where: wanted .<= 0), toByteOffset: index &* 8, as: SIMD8<Double>.self)
      index &+= 8
    }
    while index < values.count {
      let load = loads[index] * scale
      let t = values[index] * inverse
      bids[index] = 2 * t > load ? total * (2 * t - load) / (1 + t + (t * t + (1 + load)).squareRoot()) : 0
      index &+= 1
    }
  }

  /// Beyond it t^2 would overflow; the total would be 10^150 times smaller than the largest value.
  private static let largestInverse = 1e150
}
