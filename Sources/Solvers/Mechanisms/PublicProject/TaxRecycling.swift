/// The paper's use of the taxes: a discount in the next round, the same for everybody.
///
/// It breaks the truthfulness that the tax was for, because who lies can create a tax that others pay and collect a part
/// of it. `CavalloRebates` does not.
///
/// Source: HCFL section III.C; the rounding is ours.
public struct TaxRecycling: Sendable, Equatable {
  /// What each participant may have.
  public let each: Int128
  /// What the owners pay after their discount, which ends at 0.
  public let ownerCosts: [Int128]
  public let stationRewards: [Int128]
  /// What stays in the pool.
  public let left: Int128

  /// - Throws: `NoParticipants`, `NegativeAmount`, `AmountOverflow`.
  public init(pool: Int128, ownerCosts: [Int128], stationRewards: [Int128]) throws(ProjectError) {
    try Int128.check(pool, "the pool")
    for (index, cost) in ownerCosts.enumerated() { try Int128.check(cost, "the cost of owner \(index + 1)") }
    for (index, reward) in stationRewards.enumerated() {
      try Int128.check(reward, "the reward of station \(index + 1)")
    }
    let participants = ownerCosts.count + stationRewards.count
    guard participants > 0 else { throw ProjectError(.noParticipants, "there is nobody to give \(pool) back to") }
    let each = pool / Int128(participants)
    let discounts = ownerCosts.map { min(each, $0) }
    self.each = each
    self.ownerCosts = zip(ownerCosts, discounts).map { $0 - $1 }
    self.stationRewards = stationRewards.map { $0 + each }
    left = pool - discounts.reduce(0, +) - each * Int128(stationRewards.count)
  }
}
