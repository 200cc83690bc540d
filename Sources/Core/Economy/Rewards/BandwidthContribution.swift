/// What a day's bandwidth is worth in points.
///
/// Source: Network3 (1): q = w1 T - w2 t + w3 delta, rho = max(q, 0) D. As printed a negative q bans for life, and so an
/// honest newcomer with an hour online and 150 ms of delay; the corrected rule bans only with a reputation below 0.
public struct BandwidthContribution: Sendable, Equatable {
  public enum Rule: String, CaseIterable, Sendable {
    case literal
    case reputationOnly = "reputation_only"
  }

  public struct Weights: Sendable, Equatable {
    public var hours: Double
    public var delay: Double
    public var reputation: Double

    public init(hours: Double = 1, delay: Double = 0.01, reputation: Double = 1) {
      self.hours = hours
      self.delay = delay
      self.reputation = reputation
    }
  }

  public let quality: Double
  /// Points, at least 0.
  public let points: Double
  public let isBlacklisted: Bool

  /// - Parameters:
  ///   - hours: online, of one day.
  ///   - delay: in milliseconds.
  ///   - volume: in megabytes, counted from receipts signed by somebody else.
  /// - Throws: `EconomyError.blacklistedNode` for a banned one, `.negativeInput`, `NumericError.notFinite`.
  public init(
    hours: Double, delay: Double, volume: Double, reputation: Reputation, weights: Weights = Weights(),
    rule: Rule = .reputationOnly
  ) throws {
    guard !reputation.isBanned else { throw EconomyError.blacklistedNode }
    for (name, value) in [
      ("hours", hours), ("delay_ms", delay), ("volume", volume), ("hours_weight", weights.hours),
      ("delay_weight", weights.delay), ("reputation_weight", weights.reputation),
    ] {
      guard value >= 0, value.isFinite else { throw EconomyError.negativeInput(name: name, given: value) }
    }
    let quality = weights.hours * hours - weights.delay * delay + weights.reputation * reputation.value
    self.quality = quality
    points = max(quality, 0) * volume
    isBlacklisted = quality < 0 && (rule == .literal || reputation.value < 0)
    guard quality.isFinite, points.isFinite else { throw EconomyError.overflow("the points of this contribution") }
  }
}

/// Points of a period turned into tokens.
///
/// Source: Network3 5.1: a ratio set by governance. When the claims exceed the pool it is split by points instead.
public struct PointsToTokens: Sendable, Equatable {
  public let tokens: [Amount]
  public let isCapped: Bool
  public let unused: Amount

  /// - Parameters:
  ///   - numerator: units of 10^-18 token for `denominator` points.
  /// - Throws: `EconomyError.invalidRate` for a denominator of 0, `.overflow` when the points leave 128 bits.
  public init(points: [UInt128], numerator: UInt128, denominator: UInt128, pool: Amount) throws {
    guard denominator > 0 else {
      throw EconomyError.invalidRate(name: "per_points", given: "0", allowed: "at least 1")
    }
    if let claims = Self.claims(points, numerator, denominator, atMost: pool) {
      tokens = claims
      isCapped = false
    } else {
      tokens = try pool.split(weights: points)
      isCapped = true
    }
    unused = try pool - Amount.total(tokens)
    try Conservation.check("points to tokens", [pool], equal: tokens + [unused])
  }

  /// Nil when they exceed the pool, by however much.
  private static func claims(
    _ points: [UInt128], _ numerator: UInt128, _ denominator: UInt128, atMost pool: Amount
  ) -> [Amount]? {
    var left = pool
    var claims: [Amount] = []
    for point in points {
      guard let claim = try? Amount(units: point).portion(numerator, of: denominator), let rest = try? left - claim
      else { return nil }
      claims.append(claim)
      left = rest
    }
    return claims
  }
}
