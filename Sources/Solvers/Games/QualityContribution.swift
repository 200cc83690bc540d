import Tensor

extension IncentiveModel {
  /// What each member adds to the model's quality, theta^Q = mu_0 |D| / (mu_1 + H).
  ///
  /// - Parameters:
  ///   - scale: mu_0, above 0; it cancels in every ratio.
  ///   - lossOffset: mu_1, above 0; the larger, the less the loss matters.
  ///   - dataSizes: |D|, training samples per member, whole, at least 0.
  ///   - losses: H, mean cross entropy per member in nats, at least 0.
  /// - Throws: `EmptyInput`, `ShapeMismatch`, `NotFinite`, `InvalidParameter`.
  ///
  /// Source: FL-NFT (7), PMS-AM (10).
  public static func qualityContribution(
    scale: Double, lossOffset: Double, dataSizes: [Double], losses: [Double]
  ) throws -> [Double] {
    try check(
      .scalar("quality scale mu_0", scale, .positive),
      .scalar("loss offset mu_1", lossOffset, .positive),
      .each(.member, "data sizes", dataSizes, .count),
      .each(.member, "losses", losses, .nonNegative))
    return zip(dataSizes, losses).map { size, loss in scale * size / (lossOffset + loss) }
  }

  /// The model's quality as a share of the best attainable: the data-weighted mean of mu_1 / (mu_1 + H), in (0, 1].
  ///
  /// The sum of the contributions, which the papers use, is near 200,000 at their own parameters and leaves no provider
  /// a positive bid; dividing by its value at zero loss keeps its order and gives it a scale.
  ///
  /// - Throws: `EmptyInput`, `ShapeMismatch`, `NotFinite`, `InvalidParameter`; `UndefinedRatio` when nobody has data.
  public static func normalisedQuality(
    lossOffset: Double, dataSizes: [Double], losses: [Double]
  ) throws -> Double {
    try check(
      .scalar("loss offset mu_1", lossOffset, .positive),
      .each(.member, "data sizes", dataSizes, .count),
      .each(.member, "losses", losses, .nonNegative))
    // Both sums in one pass: neither has to wait for the other.
    var (samples, weighted) = (0.0, 0.0)
    for (size, loss) in zip(dataSizes, losses) {
      samples += size
      weighted += size * (lossOffset / (lossOffset + loss))
    }
    guard samples > 0 else {
      throw SolverError(
        .undefinedRatio, "the normalised quality divides by the number of samples, but all data sizes are 0")
    }
    return weighted / samples
  }
}
