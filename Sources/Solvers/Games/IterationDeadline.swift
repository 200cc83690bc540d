import Tensor

extension IncentiveModel {
  /// How many local iterations fit into the decision period, per member; not rounded.
  ///
  /// `corrected`: f (T - T^l) / (z s). `paper`: zeta z s f^2 (T - z s / bandwidth), in which joules and cycles per
  /// hertz stand for seconds. Every array may hold one entry for all members.
  ///
  /// - Parameters:
  ///   - period: T in seconds, above 0.
  ///   - cyclesPerSample: z, above 0.
  ///   - batchSize: s, whole, at least 1.
  ///   - frequencies: f in hertz, above 0.
  ///   - capacitance: zeta in farad, above 0; used in `paper` only.
  ///   - bandwidth: in hertz, above 0; used in `paper` only.
  ///   - communicationTime: T^l in seconds, at least 0; used in `corrected` only.
  /// - Throws: `EmptyInput`, `ShapeMismatch`, `NotFinite`, `InvalidParameter`; `Infeasible` when no time is left.
  ///
  /// Source: constraint C2 of FL-NFT (12) and PMS-AM (15).
  public static func maximumIterations(
    period: [Double], cyclesPerSample: [Double], batchSize: [Double], frequencies: [Double], capacitance: [Double],
    bandwidth: [Double], communicationTime: [Double], variant: Variant = .corrected
  ) throws -> [Double] {
    let shape = try check(
      .stretched(.member, "decision period", period, .positive),
      .stretched(.member, "cycles per sample", cyclesPerSample, .positive),
      .stretched(.member, "batch size", batchSize, .positiveCount),
      .stretched(.member, "processor frequencies", frequencies, .positive),
      .stretched(.member, "effective capacitance", capacitance, .positive),
      .stretched(.member, "bandwidth", bandwidth, .positive),
      .stretched(.member, "communication time", communicationTime, .nonNegative))
    return try (0..<shape[.member]).map { member in
      let cyclesPerBatch = cyclesPerSample.stretched(member) * batchSize.stretched(member)
      let frequency = frequencies.stretched(member)
      let spent =
        variant == .paper ? cyclesPerBatch / bandwidth.stretched(member) : communicationTime.stretched(member)
      let left = period.stretched(member) - spent
      guard left > 0 else {
        throw SolverError(
          .infeasible,
          "member \(member + 1) has no time to train: communication takes \(spent) s of a decision period of "
            + "\(period.stretched(member)) s")
      }
      switch variant {
      case .paper: return capacitance.stretched(member) * cyclesPerBatch * frequency * frequency * left
      case .corrected: return frequency * left / cyclesPerBatch
      }
    }
  }
}
