/// Everything that a simulated economy is told: the rules, the market around them, and who takes part.
public struct EconomyScenario: Sendable {
  public var supply = TokenDistribution.defaultSupply
  public var emissionRate = EmissionSchedule.defaultRate
  /// Parts per million of the supply minted a year.
  public var tailInflation = 0
  /// Basis points of net gas income.
  public var burn = 0
  public var boost = BoostMode.linear0
  public var exit = EarlyUnstake.Terms()
  public var quotas = RoleRewardEpoch.Quotas()
  public var slashing = Slashing.Terms()
  /// Basis points of the worst offence that a caught cheat commits.
  public var severity = 5000
  /// The probability that a week's cheating is found.
  public var detection = 0.1
  /// How many times its capacity a cheat claims.
  public var inflatedClaim = 3
  public var committeeSize = 7
  public var committeeWeights = Committee.Weights.printed

  /// Cash that users spend on gas in the first week.
  public var usage = 200_000.0
  /// The mean growth of usage a year, as a logarithm.
  public var usageGrowth = 0.3
  /// The standard deviation of a week's change of usage, as a logarithm.
  public var usageVolatility = 0.05
  /// Cash that running the network costs a week.
  public var operatingCost = 50_000.0
  /// Cash in the liquidity pool at the beginning, beside the tokens of the liquidity line; it sets the first price.
  public var liquidityCash = 3_000_000.0
  /// Weeks over which seed and private sale become free; a quarter of it passes first.
  public var vestingWeeks = 104

  public var groups: [AgentGroup]

  public init(groups: [AgentGroup] = AgentGroup.standard) { self.groups = groups }

  /// - Throws: what the rules refuse: `EconomyError.invalidRate`, `.inflationCapExceeded`, `.committeeTooSmall`,
  ///   `.invalidSchedule`, `.noParticipants`, `.duplicateID`.
  func validate() throws -> EmissionSchedule {
    let schedule = try EmissionSchedule(rate: emissionRate, tail: tailInflation)
    _ = try BasisPoints.checked(burn, "burn_bps")
    _ = try Slashing(pledge: .zero, severity: severity, terms: slashing)
    _ = try EarlyUnstake(
      amount: Amount(tokens: 1), lockDays: 365, startDay: 0, now: 364, withdrawing: Amount(tokens: 1),
      escrow: Amount(tokens: 1),
      terms: exit)
    guard committeeSize >= Committee.leastSize else {
      throw EconomyError.committeeTooSmall(given: committeeSize, needed: Committee.leastSize, what: "a committee")
    }
    guard vestingWeeks >= 1 else {
      throw EconomyError.invalidSchedule("a vesting lasts at least 1 week, not \(vestingWeeks)")
    }
    guard (0...1).contains(detection) else {
      throw EconomyError.invalidRate(name: "detection", given: "\(detection)", allowed: "0 to 1")
    }
    guard (1...1000).contains(inflatedClaim) else {
      throw EconomyError.invalidRate(name: "inflated_claim", given: "\(inflatedClaim)", allowed: "1 to 1000")
    }
    for (name, value) in [("usage", usage), ("operating_cost", operatingCost)] {
      guard (0...1e15).contains(value) else {
        throw EconomyError.invalidRate(name: name, given: "\(value)", allowed: "0 to 1e15")
      }
    }
    guard (1e-3...1e15).contains(liquidityCash) else {
      throw EconomyError.invalidRate(name: "liquidity_cash", given: "\(liquidityCash)", allowed: "0.001 to 1e15")
    }
    guard (-10...10).contains(usageGrowth), (0...2).contains(usageVolatility) else {
      throw EconomyError.invalidRate(
        name: "usage_growth or usage_volatility", given: "\(usageGrowth), \(usageVolatility)",
        allowed: "-10 to 10, and 0 to 2")
    }
    guard groups.contains(where: { $0.count > 0 }) else { throw EconomyError.noParticipants("nobody takes part") }
    var names: Set<String> = []
    for group in groups {
      try group.validate()
      guard names.insert(group.name).inserted else { throw EconomyError.duplicateID(group.name, what: "groups") }
    }
    return schedule
  }
}
