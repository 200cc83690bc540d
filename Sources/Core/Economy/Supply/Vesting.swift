/// An allocation that becomes free over time: nothing before the cliff, then in proportion to the days since the start.
///
/// Network3 does not say how its allocations vest; this is the common rule.
public struct Vesting: Sendable, Equatable {
  public let total: Amount
  public let cliffDay: Int
  public let durationDays: Int

  /// - Throws: `EconomyError.invalidSchedule` unless the duration is at least a day and the cliff not negative.
  public init(total: Amount, cliffDay: Int, durationDays: Int) throws(EconomyError) {
    guard durationDays >= 1 else { throw .invalidSchedule("a vesting lasts at least 1 day, not \(durationDays)") }
    guard cliffDay >= 0 else { throw .invalidSchedule("a cliff is a day from 0 on, not \(cliffDay)") }
    self.total = total
    self.cliffDay = cliffDay
    self.durationDays = durationDays
  }

  /// What is free on a day, and what is not: floor(total min(t, D) / D) from the cliff on.
  ///
  /// - Parameter day: counted from the start of the schedule.
  /// - Throws: `EconomyError.invalidTime` for a day before the start.
  public func amounts(on day: Int) throws -> (vested: Amount, locked: Amount) {
    guard day >= 0 else { throw EconomyError.invalidTime("a day is counted from 0 on, not \(day)") }
    guard day >= cliffDay else { return (.zero, total) }
    let vested = try total.portion(UInt128(min(day, durationDays)), of: UInt128(durationDays))
    let locked = try total - vested
    try Conservation.check("vesting", total, equal: vested, locked)
    return (vested, locked)
  }
}
