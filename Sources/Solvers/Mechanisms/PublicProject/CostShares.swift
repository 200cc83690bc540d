/// How a model's total payment is divided on one side: among the owners who pay it, or the stations who receive it.
public enum CostShares {
  /// Everybody the same, to the last unit.
  ///
  /// - Throws: `NoParticipants`, `NegativeAmount`, `AmountOverflow`.
  /// Source: HCFL section III.B, c_i = C / N.
  public static func equal(_ total: Int128, among count: Int) throws(ProjectError) -> [Int128] {
    guard count > 0 else { throw ProjectError(.noParticipants, "there is nobody to share \(total)") }
    return try weighted(total, by: Array(repeating: 1, count: count))
  }

  /// In proportion to capability or contribution, by largest remainder.
  ///
  /// - Throws: `NoParticipants`, `NegativeAmount`, `AmountOverflow`; `ZeroWeight` when all weights are 0.
  /// Source: HCFL section III.B, c_i = C p_i / sum p.
  public static func weighted(_ total: Int128, by weights: [Int128]) throws(ProjectError) -> [Int128] {
    guard !weights.isEmpty else { throw ProjectError(.noParticipants, "there is nobody to share \(total)") }
    try Int128.check(total, "the total")
    for (index, weight) in weights.enumerated() { try Int128.check(weight, "weight \(index + 1)") }
    do {
      return try LargestRemainder.parts(of: total.magnitude, weights: weights.map(\.magnitude)).map { Int128($0) }
    } catch {
      switch error {
      case .zeroWeight:
        throw ProjectError(.zeroWeight, "\(total) cannot be shared by \(weights.count) weights that are all 0")
      case .overflow: throw ProjectError(.amountOverflow, "the sum of the \(weights.count) weights is too large")
      }
    }
  }
}
