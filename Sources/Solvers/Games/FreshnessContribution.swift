import Tensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension IncentiveModel {
  /// How long each member trains, in seconds, for planning; a running federation uses the measured time.
  ///
  /// `paper`: ln(1/H) |D| / f, negative for a loss above 1 and in samples per hertz. `corrected`:
  /// ln(1 + 1/H) z |D| / f. Every array may hold one entry for all members.
  ///
  /// - Parameters:
  ///   - losses: H in nats, above 0.
  ///   - dataSizes: |D|, whole, at least 0.
  ///   - frequencies: f in hertz, above 0.
  ///   - cyclesPerSample: z, above 0; unused in `paper`.
  /// - Throws: `EmptyInput`, `ShapeMismatch`, `NotFinite`, `InvalidParameter`.
  ///
  /// Source: the text after FL-NFT (8) and PMS-AM (11), T^m.
  public static func trainingTime(
    losses: [Double], dataSizes: [Double], frequencies: [Double], cyclesPerSample: [Double],
    variant: Variant = .corrected
  ) throws -> [Double] {
    let shape = try check(
      .stretched(.member, "losses", losses, .positive),
      .stretched(.member, "data sizes", dataSizes, .count),
      .stretched(.member, "processor frequencies", frequencies, .positive),
      .stretched(.member, "cycles per sample", cyclesPerSample, .positive))
    return (0..<shape[.member]).map { member in
      let samplesPerHertz = dataSizes.stretched(member) / frequencies.stretched(member)
      switch variant {
      case .paper: return -log(losses.stretched(member)) * samplesPerHertz
      case .corrected:
        return log1p(1 / losses.stretched(member)) * cyclesPerSample.stretched(member) * samplesPerHertz
      }
    }
  }

  /// How long each member's update is on the air, bits / (bandwidth log2(1 + SINR)), in seconds.
  ///
  /// - Parameters:
  ///   - bits: size of the message, at least 0.
  ///   - bandwidth: in hertz, above 0.
  ///   - signalToNoise: signal to interference and noise, a plain ratio (not decibels), above 0.
  /// - Throws: `EmptyInput`, `ShapeMismatch`, `NotFinite`, `InvalidParameter`.
  ///
  /// Source: the text after FL-NFT (8) and PMS-AM (11), T^l.
  public static func uploadTime(bits: [Double], bandwidth: [Double], signalToNoise: [Double]) throws -> [Double] {
    let shape = try check(
      .stretched(.member, "message bits", bits, .nonNegative),
      .stretched(.member, "bandwidth", bandwidth, .positive),
      .stretched(.member, "signal-to-noise ratio", signalToNoise, .positive))
    return (0..<shape[.member]).map { member in
      bits.stretched(member) / (bandwidth.stretched(member) * (log1p(signalToNoise.stretched(member)) / M_LN2))
    }
  }

  /// What each member adds to the model's freshness.
  ///
  /// `paper`: ln(1/T), negative for every age above one second, which turns the shares upside down. `corrected`:
  /// ln(1 + T_ref/T), positive, falling in the age, and the same in any unit of time.
  ///
  /// - Parameters:
  ///   - ages: T, training + upload + consensus per member, in seconds, above 0.
  ///   - referenceAge: T_ref in seconds, above 0; unused in `paper`.
  /// - Throws: `EmptyInput`, `NotFinite`, `InvalidParameter`.
  ///
  /// Source: FL-NFT (9), PMS-AM (12).
  public static func freshnessContribution(
    ages: [Double], referenceAge: Double = 10, variant: Variant = .corrected
  ) throws -> [Double] {
    try check(
      .each(.member, "ages", ages, .positive),
      .scalar("reference age", referenceAge, .positive))
    switch variant {
    case .paper: return ages.map { -log($0) }
    case .corrected: return logOnePlus(ages.map { referenceAge / $0 })
    }
  }
}
