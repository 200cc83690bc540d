/// Taking tokens out of a lock, before its end or after it.
///
/// Source: Network3 3.3.4, which takes veN3 only. The corrected rule keeps the weekly premiums in escrow until the lock
/// ends, and leaves (served/days)^k of them with who goes early: with k = 0, as printed, everybody locks for a year and
/// leaves when it suits; with k = 2 the lock that one means to keep is the only best one.
public struct EarlyUnstake: Sendable, Equatable {
  public struct Terms: Sendable, Equatable {
    /// k; 0 as printed.
    public var keepExponent: Int
    /// Basis points of the principal, for a lock left on its first day.
    public var principalPenalty: Int

    public init(keepExponent: Int = 2, principalPenalty: Int = 0) {
      self.keepExponent = keepExponent
      self.principalPenalty = principalPenalty
    }
  }

  public let isEarly: Bool
  public let remainingDays: Int
  public let principalOut: Amount
  public let principalPenalty: Amount
  public let premiumKept: Amount
  /// Goes to the stakers' pool.
  public let premiumForfeited: Amount
  public let escrowLeft: Amount
  public let votesBurned: Amount
  public let votesAfter: Amount
  /// What the boost of the rest counts from now on; 0 once the lock is over.
  public let effectiveDays: Int
  public let amountLeft: Amount

  /// - Parameters:
  ///   - amount: what is locked; `withdrawing` of it leaves.
  ///   - escrow: premiums kept back so far, for the whole amount.
  /// - Throws: `EconomyError.invalidLockPeriod`, `.invalidTime`, `.invalidWithdraw`, `.invalidRate`,
  ///   `AmountError.overflow` for an exponent whose powers leave 128 bits.
  public init(
    amount: Amount, lockDays: Int, startDay: Int, now: Int, withdrawing withdrawn: Amount, escrow: Amount = .zero,
    terms: Terms = Terms()
  ) throws {
    let days = try LockPeriod.checked(lockDays)
    let served = try LockPeriod.served(from: startDay, to: now)
    guard !withdrawn.isZero, withdrawn <= amount else {
      throw EconomyError.invalidWithdraw(asked: withdrawn, held: amount)
    }
    guard terms.keepExponent >= 0 else {
      throw EconomyError.invalidRate(name: "keep_exponent", given: "\(terms.keepExponent)", allowed: "at least 0")
    }
    let penaltyShare = try BasisPoints.checked(terms.principalPenalty, "principal_penalty_bps")
    amountLeft = try amount - withdrawn
    let escrowOut = try escrow.portion(withdrawn.units, of: amount.units)
    escrowLeft = try escrow - escrowOut
    isEarly = served < lockDays
    if isEarly {
      let remaining = days - UInt128(served)
      remainingDays = Int(remaining)
      principalPenalty = try withdrawn.portion(
        penaltyShare * remaining, of: UInt128(BasisPoints.whole) * days, rounding: .up)
      premiumKept = try Self.kept(of: escrowOut, served: UInt128(served), of: days, exponent: terms.keepExponent)
      votesAfter = try VoteEscrow.minted(amountLeft, lockDays: lockDays).portion(UInt128(served), of: days)
      votesBurned = try VoteEscrow.minted(amount, lockDays: lockDays) - votesAfter
      effectiveDays = served
    } else {
      remainingDays = 0
      principalPenalty = .zero
      premiumKept = escrowOut
      (votesAfter, votesBurned) = (.zero, .zero)
      effectiveDays = 0
    }
    principalOut = try withdrawn - principalPenalty
    premiumForfeited = try escrowOut - premiumKept
    try Conservation.check("early exit (principal)", withdrawn, equal: principalOut, principalPenalty)
    try Conservation.check("early exit (escrow)", escrow, equal: premiumKept, premiumForfeited, escrowLeft)
  }

  /// floor(E (e/d)^k), exact.
  private static func kept(of escrow: Amount, served: UInt128, of days: UInt128, exponent: Int) throws -> Amount {
    if exponent == 0 { return escrow }
    if served == 0 || escrow.isZero { return .zero }
    var (numerator, denominator): (UInt128, UInt128) = (1, 1)
    for _ in 0..<exponent {
      numerator = try Whole.product(numerator, served, "a power of the days served")
      denominator = try Whole.product(denominator, days, "a power of the days locked")
    }
    return try escrow.portion(numerator, of: denominator)
  }
}
