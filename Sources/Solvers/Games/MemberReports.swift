/// What the members of a federation measured in one round, an entry per member.
public struct MemberReports: Equatable, Sendable {
  /// |D|: training samples, whole, at least 0.
  public var dataSizes: [Double]
  /// H: mean cross entropy in nats, at least 0.
  public var losses: [Double]
  /// T: training, upload and consensus in seconds, above 0.
  public var ages: [Double]
  /// |g|: norm of the last clipped gradient before noise, above 0: at 0 privacy is free and its best budget unbounded.
  public var gradientNorms: [Double]
  /// f: the processors' clocks in hertz, above 0.
  public var frequencies: [Double]

  public init(
    dataSizes: [Double], losses: [Double], ages: [Double], gradientNorms: [Double], frequencies: [Double]
  ) {
    self.dataSizes = dataSizes
    self.losses = losses
    self.ages = ages
    self.gradientNorms = gradientNorms
    self.frequencies = frequencies
  }

  var quantities: [Quantity] {
    [
      .each(.member, "data sizes", dataSizes, .count),
      .each(.member, "losses", losses, .nonNegative),
      .each(.member, "ages", ages, .positive),
      .each(.member, "gradient norms", gradientNorms, .positive),
      .each(.member, "processor frequencies", frequencies, .positive),
    ]
  }
}
