/// What an allocation is worth to the buyer when it gives each seller a chance instead of a decision.
public struct AllocationUtility {
  public enum Mode: String, CaseIterable, Sendable {
    /// As if a share of the seller's data were bought, as printed; overstates what a lottery is worth.
    case fractional
    /// Exactly one seller wins, or nobody.
    case lottery
    /// Each seller wins by itself: the expected value, exactly.
    case multilinear
  }

  private let utility: LaneUtility<DoubleProfileLanes>
  private let count: Int

  /// - Throws: `TooManyBidders`.
  public init(_ sellers: DataSellers, mode: Mode) throws {
    count = sellers.count
    utility = try LaneUtility(sellers, mode: mode)
  }

  /// The utility and its derivative by each chance.
  ///
  /// - Throws: `LengthMismatch`, `NonFinite`, `OutOfRange` for chances that are none.
  public func value(_ chances: [Double]) throws -> (value: Double, gradient: [Double]) {
    guard chances.count == count else {
      throw EdgeError.sizeMismatch("chances", given: chances.count, expected: count)
    }
    for chance in chances {
      try EdgeError.checkFinite(["chance": chance])
      guard (0...1).contains(chance) else {
        throw EdgeError.outOfRange("chance", given: "\(chance)", allowed: "from 0 to 1")
      }
    }
    var gradient = [DoubleProfileLanes](repeating: .zero, count: count)
    let lanes = chances.map { DoubleProfileLanes(repeating: $0) }
    let value = lanes.withUnsafeBufferPointer { lanes in
      gradient.withUnsafeMutableBufferPointer { gradient in
        guard let chances = lanes.baseAddress, let slopes = gradient.baseAddress else { return DoubleProfileLanes.zero }
        return utility.value(chances, gradient: slopes)
      }
    }
    return (value[0], gradient.map { $0[0] })
  }
}
