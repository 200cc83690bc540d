/// veN3: votes that locked tokens carry.
///
/// Source: Network3 3.3.2, 3.3.4: amount d/365 for a lock of d days, gone at its end.
public enum VoteEscrow {
  /// What becomes of the votes during the lock.
  public enum Decay: String, CaseIterable, Sendable {
    case none
    case linear
  }

  /// floor(amount days / 365).
  ///
  /// - Throws: `EconomyError.invalidLockPeriod`.
  public static func minted(_ amount: Amount, lockDays: Int) throws -> Amount {
    try amount.portion(try LockPeriod.checked(lockDays), of: LockPeriod.longest)
  }

  /// The votes on a day, and whether the lock is over; it is from day start + days on.
  ///
  /// - Throws: `EconomyError.invalidLockPeriod`, `.invalidTime` before the start.
  public static func balance(
    _ amount: Amount, lockDays: Int, startDay: Int, now: Int, decay: Decay = .none
  ) throws -> (votes: Amount, isExpired: Bool) {
    let days = try LockPeriod.checked(lockDays)
    let served = try LockPeriod.served(from: startDay, to: now)
    guard served < lockDays else { return (.zero, true) }
    let counted = decay == .none ? days : days - UInt128(served)
    return (try amount.portion(counted, of: LockPeriod.longest), false)
  }
}
