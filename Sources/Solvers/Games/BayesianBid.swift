import Tensor

extension BidContest {
  /// The best bid against a law of the competitors' total: the maximiser of E[(v - q) q / (q + D)] - A q.
  ///
  /// Bidding against the mean total instead bids too much, because the probability of winning is convex in the total.
  ///
  /// - Parameters:
  ///   - totals: the values that D may take, above 0.
  ///   - probabilities: of each, at least 0, adding to 1 within 1e-9.
  ///   - load: A, at least 0.
  ///   - value: v in money, above 0.
  /// - Throws: `EmptyInput`, `ShapeMismatch`, `NotFinite`, `InvalidParameter`; `NoCompetition` when a total is 0;
  ///   `NotStochastic`.
  ///
  /// Source: PMS-AM 5.1 with (29); the expectation is ours.
  public static func bestBid(
    totals: [Double], probabilities: [Double], load: Double, value: Double
  ) throws -> Double {
    try check(
      .each(.entry, "competitors' totals", totals, .nonNegative),
      .each(.entry, "probabilities", probabilities, .real),
      .scalar("load", load, .nonNegative),
      .scalar("value of winning", value, .positive))
    try requireCompetition(totals)
    if let negative = probabilities.firstIndex(where: { $0 < 0 }) {
      throw SolverError(
        .notStochastic,
        "the probability at entry \(negative + 1) must be at least 0, but is \(probabilities[negative])")
    }
    let mass = probabilities.reduce(0, +)
    guard abs(mass - 1) <= 1e-9 else {
      throw SolverError(.notStochastic, "the probabilities must add to 1, but add to \(mass)")
    }
    func slope(_ bid: Double) -> Double {
      zip(totals, probabilities).reduce(-(1 + load)) { sum, law in
        let total = bid + law.0
        return sum + law.1 * (law.0 / total) * ((law.0 + value) / total)
      }
    }
    // The slope falls strictly, and is negative at v: no bid above the value can pay.
    guard slope(0) > 0 else { return 0 }
    var low = 0.0
    var high = value
    while true {
      let middle = low + 0.5 * (high - low)
      guard middle > low, middle < high else { return middle }
      if slope(middle) > 0 { low = middle } else { high = middle }
    }
  }
}
