import Tensor

/// How a real number of iterations becomes a whole one.
public enum IterationRounding: String, CaseIterable, Sendable {
  /// Down: keeps the deadline and never turns a gain into a loss, but is not always the best whole number.
  case floor
  /// To the better of the two neighbours: the optimum over whole numbers, because the utility is concave.
  case best
}

extension IncentiveModel {
  /// Iterations rounded down; a number within 1e-9 below a whole one counts as that one.
  ///
  /// - Parameter iterations: at least 0, at most 2^53.
  /// - Throws: `EmptyInput`, `NotFinite`, `InvalidParameter`.
  ///
  /// Source: FL-NFT (19), PMS-AM (23). Printed is the least of the whole numbers not above k, which does not exist; the
  /// greatest is meant.
  public static func flooredIterations(_ iterations: [Double]) throws -> [Int] {
    try check(.each(.member, "local iterations", iterations, .countable))
    return iterations.map { Int(neighbours(of: $0).below) }
  }

  /// Iterations rounded to whichever neighbour leaves more of delta h(k) - C^c k; the lower one of two equals.
  ///
  /// - Parameters:
  ///   - iterations: at least 0, at most 2^53.
  ///   - benefit: sum_j delta_ij per member or one for all, any sign.
  ///   - computationCost: C^c, at least 0, per member or one for all.
  ///   - concavity: sigma, above 0.
  /// - Throws: `EmptyInput`, `ShapeMismatch`, `NotFinite`, `InvalidParameter`.
  public static func bestIterations(
    _ iterations: [Double], benefit: [Double], computationCost: [Double], concavity: Double
  ) throws -> [Int] {
    try check(
      .each(.member, "local iterations", iterations, .countable),
      .stretched(.member, "benefits", benefit, .real),
      .stretched(.member, "unit computation costs", computationCost, .nonNegative),
      .scalar("concavity sigma", concavity, .positive))
    return iterations.indices.map { member in
      let (below, above) = neighbours(of: iterations[member])
      func left(_ effort: Double) -> Double {
        gain(
          benefit.stretched(member), effort: effort, unitCost: computationCost.stretched(member), concavity: concavity)
      }
      return Int(left(above) > left(below) ? above : below)
    }
  }

  /// The whole numbers around a real one; the same twice where it is whole to within 1e-9.
  @inline(__always)
  static func neighbours(of value: Double) -> (below: Double, above: Double) {
    let below = (value + 1e-9).rounded(.down)
    return (below, max(below, (value - 1e-9).rounded(.up)))
  }
}
