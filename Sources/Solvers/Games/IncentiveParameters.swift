/// The constants of the incentive game, with the defaults of the papers' tables where they print one.
public struct IncentiveParameters: Equatable, Sendable {
  /// mu_0 of the quality contribution.
  public var qualityScale = 10.0
  /// mu_1 of the quality contribution; the tables print it as mu_2.
  public var lossOffset = 2.0
  /// T_ref of the freshness contribution, in seconds; ours.
  public var referenceAge = 10.0
  /// alpha: the weight of energy against memory.
  public var energyWeight = 0.3
  /// beta: the price of privacy.
  public var privacyWeight = 0.5
  /// zeta in farad; ours: with z and s a batch costs (f / GHz)^2 joules.
  public var capacitance = 1e-27
  /// z; ours: a batch takes a quarter of a second at 4 GHz.
  public var cyclesPerSample = 1.5625e7
  /// s, samples.
  public var batchSize = 64.0
  /// xi, the share of memory in use.
  public var memoryRatio = 0.5
  /// theta in gigabytes.
  public var memory = 8.0
  /// sigma; ours: individual rationality needs it below 1.
  public var concavity = 0.5
  /// T, the decision period in seconds.
  public var decisionPeriod = 10.0
  public var minimumPrivacyBudget = 1.0
  public var maximumPrivacyBudget = 5.0
  /// d, the size of an update: 32 bits for each of the 50,890 parameters of the papers' perceptron.
  public var messageBits = 1_628_480.0
  /// omega in hertz; ours.
  public var bandwidth = 1e6
  /// vartheta, a plain ratio; ours, 20 dB.
  public var signalToNoise = 100.0
  /// k_max for every member; nil to derive each member's from the decision period.
  public var maximumIterations: Double?

  public init() {}

  var quantities: [Quantity] {
    [
      .scalar("quality scale mu_0", qualityScale, .positive),
      .scalar("loss offset mu_1", lossOffset, .positive),
      .scalar("reference age", referenceAge, .positive),
      .scalar("energy weight alpha", energyWeight, .fraction),
      .scalar("privacy weight beta", privacyWeight, .positive),
      .scalar("effective capacitance", capacitance, .positive),
      .scalar("cycles per sample", cyclesPerSample, .positive),
      .scalar("batch size", batchSize, .positiveCount),
      .scalar("memory ratio", memoryRatio, .fraction),
      .scalar("device memory", memory, .nonNegative),
      .scalar("concavity sigma", concavity, .positive),
      .scalar("decision period", decisionPeriod, .positive),
      .scalar("minimum privacy budget", minimumPrivacyBudget, .positive),
      .scalar("maximum privacy budget", maximumPrivacyBudget, .positive),
      .scalar("message bits", messageBits, .nonNegative),
      .scalar("bandwidth", bandwidth, .positive),
      .scalar("signal-to-noise ratio", signalToNoise, .positive),
      .scalar("maximum iterations", maximumIterations ?? 0, .countable),
    ]
  }
}
