import Solvers

extension Amount {
  /// Splits this amount in proportion to weights so that the parts sum to it, to the last unit.
  ///
  /// Part i is floor(T w_i / W); the units left over go one each to the largest remainders of T w_i / W, ties to the
  /// lower index (Hamilton's method). Every part is within one unit of its ideal; a weight of zero receives zero.
  ///
  /// - Parameter weights: any whole numbers; only their ratios count. An amount's `units` will do.
  /// - Throws: `AmountError.zeroWeight` when they sum to zero, `AmountError.overflow` when their sum leaves 128 bits.
  public func split(weights: [UInt128]) throws(AmountError) -> [Amount] {
    do {
      return try LargestRemainder.parts(of: units, weights: weights).map { Amount(units: $0) }
    } catch {
      switch error {
      case .zeroWeight: throw .zeroWeight(parts: weights.count)
      case .overflow: throw .overflow("the sum of the \(weights.count) weights")
      }
    }
  }

  /// Splits in proportion to weights given as doubles (ratios, asks), each taken as a decimal to 18 places.
  ///
  /// - Throws: `AmountError.notMoney` for a weight that is negative or not finite, and what integer weights throw.
  public func split(weights: [Double]) throws(AmountError) -> [Amount] {
    var units: [UInt128] = []
    units.reserveCapacity(weights.count)
    for weight in weights { units.append(try Amount(weight).units) }
    return try split(weights: units)
  }
}
