import Tensor

/// A week's income shared among staked tokens by days and boost.
///
/// Source: Network3 3.3.4. A staked day counts the boost's denominator, a locked day its numerator, so that who comes
/// the day before the snapshot gains nothing. The boost is a relative weight: as a multiplier of a fixed rate, as
/// printed, it pays out up to 1.75 times what there is (`printedPayouts`).
public struct WeeklySettlement: Sendable, Equatable {
  /// What a settlement has to know of a position.
  public struct Stake: Sendable, Equatable {
    public var id: String
    public var amount: Amount
    public var stakeDay: Int
    public var lockStart: Int
    public var lockDays: Int
    /// The days that the boost counts, `lockDays` before any early exit.
    public var effectiveDays: Int

    public init(
      id: String, amount: Amount, stakeDay: Int, lockStart: Int = 0, lockDays: Int = 0, effectiveDays: Int? = nil
    ) {
      self.id = id
      self.amount = amount
      self.stakeDay = stakeDay
      self.lockStart = lockStart
      self.lockDays = lockDays
      self.effectiveDays = effectiveDays ?? lockDays
    }

    /// Of the seven days from `start` on: how many are staked, and how many of those locked.
    func days(inWeekFrom start: Int) -> (staked: Int, locked: Int) {
      let end = start + 7
      let first = max(start, stakeDay)
      guard first < end else { return (0, 0) }
      guard lockDays > 0 else { return (end - first, 0) }
      let (lockEnd, overflow) = lockStart.addingReportingOverflow(lockDays)
      let lockedFrom = max(first, lockStart)
      let lockedUntil = min(end, overflow ? end : lockEnd)
      return (end - first, lockedUntil > lockedFrom ? lockedUntil - lockedFrom : 0)
    }
  }

  public let weights: [UInt128]
  public let payouts: [Amount]
  /// What the same days would have earned without a lock.
  public let baseParts: [Amount]
  /// What the lock adds.
  public let premiumParts: [Amount]
  public let carryOut: Amount
  /// The yearly return of an unlocked token at this week's rate.
  public let baseAPR: Double

  /// - Throws: `EconomyError.invalidLockPeriod`, `.duplicateID`, `.invalidTime`, `.overflow`, `AmountError.overflow`.
  public init(
    pool: Amount, weekStart: Int, stakes: [Stake], carryIn: Amount = .zero, mode: BoostMode = .linear0
  ) throws {
    if let twice = stakes.lazy.map(\.id).firstRepeated { throw EconomyError.duplicateID(twice, what: "positions") }
    try self.init(pool: pool, weekStart: weekStart, distinct: stakes, carryIn: carryIn, mode: mode)
  }

  /// The same for positions that are known to bear different ids.
  init(pool: Amount, weekStart: Int, distinct stakes: [Stake], carryIn: Amount, mode: BoostMode) throws {
    guard weekStart <= Int.max - 7 else { throw EconomyError.invalidTime("no week begins on day \(weekStart)") }
    let unit = Boost(servedDays: 0, mode: mode).denominator
    var weights: [UInt128] = []
    var baseWeights: [UInt128] = []
    weights.reserveCapacity(stakes.count)
    baseWeights.reserveCapacity(stakes.count)
    for stake in stakes {
      guard stake.lockDays == 0 || LockPeriod.days.contains(stake.lockDays) else {
        throw EconomyError.invalidLockPeriod(stake.lockDays)
      }
      guard (0...365).contains(stake.effectiveDays) else { throw EconomyError.invalidLockPeriod(stake.effectiveDays) }
      let days = stake.days(inWeekFrom: weekStart)
      let boost = Boost(servedDays: stake.effectiveDays, mode: mode).numerator
      let base = unit * UInt128(days.staked)
      let counted = unit * UInt128(days.staked - days.locked) + boost * UInt128(days.locked)
      weights.append(try Whole.product(stake.amount.units, counted, "a position's weight"))
      baseWeights.append(try Whole.product(stake.amount.units, base, "a position's weight"))
    }
    let split = try StreamSplit(pool, weights: weights, carryIn: carryIn)
    payouts = split.shares
    carryOut = split.carryOut
    baseParts = try stakes.indices.map { index in
      // A mode in which short locks earn less than none has no premium to keep back.
      guard weights[index] > baseWeights[index] else { return split.shares[index] }
      return try split.shares[index].portion(baseWeights[index], of: weights[index])
    }
    premiumParts = try zip(split.shares, baseParts).map { try $0 - $1 }
    let total = try Whole.sum(weights, "the weights")
    baseAPR =
      total == 0 ? 0 : (try pool + carryIn).tokens * 365 * Double(UInt64(unit)) / Amount(units: total).tokens
    self.weights = weights
    try Conservation.check("weekly settlement", [pool, carryIn], equal: payouts + [carryOut])
    try Conservation.check("base and premium", payouts, equal: baseParts + premiumParts)
  }

  /// The printed reading: a base rate of pool / staked tokens, times each one's boost. It does not keep to the pool.
  ///
  /// - Returns: what would be paid, floored, for positions that were there all week.
  public static func printedPayouts(pool: Amount, stakes: [Stake], mode: BoostMode = .linear0) throws -> [Amount] {
    let staked = try Amount.total(stakes.map(\.amount))
    guard !staked.isZero else { return stakes.map { _ in .zero } }
    return try stakes.map { stake in
      let boost = try Boost(lockDays: stake.lockDays, mode: mode)
      return try pool.portion(stake.amount.units, of: staked.units).portion(boost.numerator, of: boost.denominator)
    }
  }
}
