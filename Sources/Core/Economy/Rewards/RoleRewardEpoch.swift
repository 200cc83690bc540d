/// An epoch's release, cut by fixed quotas among the roles, and inside each by its points.
///
/// Network3 (2)-(5) have no budget: rewards grow with what is done, and the aggregator's share of them tends to 1. Here
/// the raw values are weights inside a cut. A role without points leaves its cut to the next epoch.
public struct RoleRewardEpoch: Sendable, Equatable {
  public struct Quotas: Sendable, Equatable {
    public var trainers: UInt128
    public var localValidators: UInt128
    public var aggregators: UInt128
    public var globalValidators: UInt128

    public init(
      trainers: UInt128 = 60, localValidators: UInt128 = 15, aggregators: UInt128 = 10, globalValidators: UInt128 = 15
    ) {
      self.trainers = trainers
      self.localValidators = localValidators
      self.aggregators = aggregators
      self.globalValidators = globalValidators
    }
  }

  public let trainers: [Amount]
  public let localValidators: [Amount]
  public let aggregators: [Amount]
  public let globalValidators: [Amount]
  public let carryOut: Amount

  /// - Parameter globalCount: members of the committee.
  /// - Throws: `EconomyError.committeeTooSmall` below four, `AmountError.zeroWeight` for quotas that sum to zero,
  ///   `AmountError.overflow`.
  public init(
    pool: Amount, quotas: Quotas = Quotas(), trainers: [UInt128], localValidators: [UInt128], aggregators: [UInt128],
    globalCount: Int, carryIn: Amount = .zero
  ) throws {
    guard globalCount >= Committee.leastSize else {
      throw EconomyError.committeeTooSmall(given: globalCount, needed: Committee.leastSize, what: "a committee")
    }
    try self.init(
      pool: pool, quotas: quotas, trainers: trainers, localValidators: localValidators, aggregators: aggregators,
      committee: globalCount, carryIn: carryIn)
  }

  /// The same for a network that may have no committee: its cut is carried then, as that of any role without points.
  init(
    pool: Amount, quotas: Quotas, trainers: [UInt128], localValidators: [UInt128], aggregators: [UInt128],
    committee: Int, carryIn: Amount
  ) throws {
    let whole = try pool + carryIn
    let cuts = try whole.split(
      weights: [quotas.trainers, quotas.localValidators, quotas.aggregators, quotas.globalValidators])
    self.trainers = try Self.shares(of: cuts[0], by: trainers)
    self.localValidators = try Self.shares(of: cuts[1], by: localValidators)
    self.aggregators = try Self.shares(of: cuts[2], by: aggregators)
    globalValidators =
      committee > 0
      ? Array(repeating: try cuts[3].portion(1, of: UInt128(committee)), count: committee) : []
    let paid = try Amount.total(self.trainers + self.localValidators + self.aggregators + globalValidators)
    carryOut = try whole - paid
    try Conservation.check("role rewards", pool, carryIn, equal: paid, carryOut)
  }

  private static func shares(of cut: Amount, by points: [UInt128]) throws -> [Amount] {
    guard points.contains(where: { $0 > 0 }) else { return points.map { _ in .zero } }
    return try cut.split(weights: points)
  }
}
