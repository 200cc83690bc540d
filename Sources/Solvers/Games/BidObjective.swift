import Tensor

/// Whose curvature is asked for.
public enum CurvatureForm: String, CaseIterable, Sendable {
  /// Of the corrected objective: -2 (D^2 + v D) / (q + D)^3, negative.
  case corrected
  /// Of the objective as printed: +2 D^2 / (q + D)^3, positive, so that its stationary point is a minimum.
  case paperObjective = "paper_objective"
  /// The entry of the Hessian that FL-NFT (22) and PMS-AM (26) print: -(w/q + (D^2 + D) / (q + D)^3).
  case printed
}

extension BidContest {
  /// What a bid is worth on one coordinate.
  ///
  /// `corrected`: (v - q) w - A q. `paper`: q w - A q, in which the winner receives its own bid. Arrays may hold one
  /// entry for all coordinates.
  ///
  /// - Parameters:
  ///   - bids: q, at least 0.
  ///   - competitors: D, at least 0.
  ///   - load: A, any sign.
  ///   - value: v, above 0; unused in `paper`.
  /// - Throws: `EmptyInput`, `ShapeMismatch`, `NotFinite`, `InvalidParameter`; `UndefinedRatio` when nobody bids.
  ///
  /// Source: one term of FL-NFT (13), PMS-AM (16).
  public static func objective(
    bids: [Double], competitors: [Double], load: [Double], value: [Double], variant: Variant = .corrected
  ) throws -> [Double] {
    let shape = try check(
      .stretched(.entry, "bids", bids, .nonNegative),
      .stretched(.entry, "competitors' totals", competitors, .nonNegative),
      .stretched(.entry, "loads", load, .real),
      .stretched(.entry, "values of winning", value, .positive))
    try requireBids(bids, competitors, count: shape[.entry])
    return (0..<shape[.entry]).map {
      objective(
        bid: bids.stretched($0), competitors: competitors.stretched($0), load: load.stretched($0),
        value: value.stretched($0), variant: variant)
    }
  }

  /// The second derivative of a coordinate's objective in the bid.
  ///
  /// Parameters and errors are those of `objective`.
  ///
  /// Source: FL-NFT (22), PMS-AM (26).
  public static func curvature(
    bids: [Double], competitors: [Double], value: [Double], form: CurvatureForm = .corrected
  ) throws -> [Double] {
    let shape = try check(
      .stretched(.entry, "bids", bids, .nonNegative),
      .stretched(.entry, "competitors' totals", competitors, .nonNegative),
      .stretched(.entry, "values of winning", value, .positive))
    try requireBids(bids, competitors, count: shape[.entry])
    return (0..<shape[.entry]).map {
      let others = competitors.stretched($0)
      let total = bids.stretched($0) + others
      let cube = total * total * total
      switch form {
      case .corrected: return -2 * others * (others + value.stretched($0)) / cube
      case .paperObjective: return 2 * others * others / cube
      case .printed: return -(1 / total + others * (others + 1) / cube)
      }
    }
  }

  /// The objective unchecked; a bid of 0 among zeros wins nothing.
  @inline(__always)
  static func objective(bid: Double, competitors: Double, load: Double, value: Double, variant: Variant) -> Double {
    let total = bid + competitors
    let probability = total > 0 ? bid / total : 0
    switch variant {
    case .paper: return bid * probability - load * bid
    case .corrected: return (value - bid) * probability - load * bid
    }
  }

  private static func requireBids(_ bids: [Double], _ competitors: [Double], count: Int) throws {
    for entry in 0..<count where bids.stretched(entry) + competitors.stretched(entry) == 0 {
      throw SolverError(
        .undefinedRatio,
        "the probability of winning at entry \(entry + 1) divides by the total of all bids, which is 0")
    }
  }
}
