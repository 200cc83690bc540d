/// Tokens that somebody has staked, for a while or until further notice, as a machine of states.
///
///     NONE -stake-> UNLOCKED -lock-> LOCKED -its last day passes-> UNLOCKED
///     LOCKED -unstake, early-> LOCKED or NONE;  UNLOCKED -unstake-> UNLOCKED or NONE
///
/// Adding tokens or extending a lock makes another position (specification 2.3).
public struct StakingPosition: Sendable, Hashable {
  public enum State: String, Sendable {
    case none = "NONE"
    case unlocked = "UNLOCKED"
    case locked = "LOCKED"
  }

  public private(set) var state = State.none
  public private(set) var amount = Amount.zero
  public private(set) var stakeDay = 0
  public private(set) var lockStart = 0
  /// 0 without a lock.
  public private(set) var lockDays = 0
  /// The days that the boost counts: less than `lockDays` after an early exit of a part.
  public private(set) var effectiveDays = 0
  /// Premiums kept back until the lock ends.
  public private(set) var escrow = Amount.zero
  private var votes = Amount.zero
  private var today = 0

  public init() {}

  /// What an event paid and took.
  public struct Effect: Sendable, Equatable {
    public var paid = Amount.zero
    public var principalPenalty = Amount.zero
    public var premiumPaid = Amount.zero
    public var premiumForfeited = Amount.zero

    public init(
      paid: Amount = .zero, principalPenalty: Amount = .zero, premiumPaid: Amount = .zero,
      premiumForfeited: Amount = .zero
    ) {
      self.paid = paid
      self.principalPenalty = principalPenalty
      self.premiumPaid = premiumPaid
      self.premiumForfeited = premiumForfeited
    }
  }

  /// veN3 of the position.
  public var voteEscrow: Amount { state == .locked ? votes : .zero }

  /// veN3 on a day: a lock that is over has none, though nobody has touched it since.
  public func voteEscrow(on day: Int) -> Amount { day - lockStart < lockDays ? voteEscrow : .zero }

  /// - Throws: `EconomyError.wrongState`, `.invalidAmount`, `.invalidTime`.
  public mutating func stake(_ amount: Amount, on day: Int) throws {
    guard state == .none else { throw EconomyError.wrongState(event: "stake", state: state.rawValue) }
    guard !amount.isZero else { throw EconomyError.invalidAmount("a stake is more than 0 tokens") }
    try advance(to: day)
    (state, self.amount, stakeDay) = (.unlocked, amount, day)
  }

  /// - Throws: `EconomyError.wrongState`, `.invalidLockPeriod`, `.invalidTime`.
  /// - Returns: premiums that an older lock, over by now, releases.
  @discardableResult
  public mutating func lock(days: Int, on day: Int) throws -> Effect {
    _ = try LockPeriod.checked(days)
    let effect = try pass(to: day)
    guard state == .unlocked else { throw EconomyError.wrongState(event: "lock", state: state.rawValue) }
    (state, lockStart, lockDays, effectiveDays) = (.locked, day, days, days)
    votes = try VoteEscrow.minted(amount, lockDays: days)
    return effect
  }

  /// Puts a week's premium where it belongs: into escrow while locked, else to the owner.
  public mutating func credit(premium: Amount) throws -> Effect {
    guard state == .locked else { return Effect(premiumPaid: premium) }
    escrow = try escrow + premium
    return Effect()
  }

  /// Lets time pass; a lock whose last day is over opens, and its escrow is released.
  ///
  /// - Throws: `EconomyError.invalidTime` for a day before the last event.
  @discardableResult
  public mutating func pass(to day: Int) throws -> Effect {
    try advance(to: day)
    guard state == .locked, try LockPeriod.served(from: lockStart, to: day) >= lockDays else { return Effect() }
    return open()
  }

  private mutating func open() -> Effect {
    let effect = Effect(premiumPaid: escrow)
    (state, escrow, lockDays, effectiveDays, votes) = (.unlocked, .zero, 0, 0, .zero)
    return effect
  }

  /// - Throws: `EconomyError.wrongState`, `.invalidWithdraw`, `.invalidTime`.
  public mutating func unstake(_ withdrawn: Amount, on day: Int, terms: EarlyUnstake.Terms = .init()) throws -> Effect {
    guard state != .none else { throw EconomyError.wrongState(event: "unstake", state: state.rawValue) }
    guard !withdrawn.isZero, withdrawn <= amount else {
      throw EconomyError.invalidWithdraw(asked: withdrawn, held: amount)
    }
    var effect = try pass(to: day)
    if state == .locked {
      let exit = try EarlyUnstake(
        amount: amount, lockDays: lockDays, startDay: lockStart, now: day, withdrawing: withdrawn, escrow: escrow,
        terms: terms)
      effect = Effect(
        paid: exit.principalOut, principalPenalty: exit.principalPenalty, premiumPaid: exit.premiumKept,
        premiumForfeited: exit.premiumForfeited)
      (amount, escrow, effectiveDays, votes) = (exit.amountLeft, exit.escrowLeft, exit.effectiveDays, exit.votesAfter)
    } else {
      amount = try amount - withdrawn
      effect.paid = withdrawn
    }
    if amount.isZero { (state, lockDays, effectiveDays, votes) = (.none, 0, 0, .zero) }
    return effect
  }

  /// Takes a part of the stake as a penalty; votes shrink with it, premiums in escrow stay.
  ///
  /// - Throws: `EconomyError.wrongState` without a stake, `.invalidWithdraw` for more than it.
  public mutating func slash(_ cut: Amount) throws {
    guard state != .none else { throw EconomyError.wrongState(event: "slash", state: state.rawValue) }
    guard cut <= amount else { throw EconomyError.invalidWithdraw(asked: cut, held: amount) }
    let left = try amount - cut
    votes = try votes.portion(left.units, of: amount.units)
    amount = left
  }

  // MARK: On the ledger

  func encode(into writer: inout ByteWriter) {
    writer.write(Self.order.firstIndex(of: state).map { UInt8($0) } ?? 0)
    writer.write(amount)
    for day in [stakeDay, lockStart, lockDays, effectiveDays, today] { writer.write(UInt64(clamping: day)) }
    writer.write(escrow)
    writer.write(votes)
  }

  /// - Throws: `DecodingFailure`.
  init(from reader: inout ByteReader) throws(DecodingFailure) {
    let code = Int(try reader.read(UInt8.self))
    guard Self.order.indices.contains(code) else { throw DecodingFailure(position: 0, expected: "a position's state") }
    state = Self.order[code]
    amount = try reader.readAmount()
    var days: [Int] = []
    for _ in 0..<5 { days.append(Int(clamping: try reader.read(UInt64.self))) }
    (stakeDay, lockStart, lockDays, effectiveDays, today) = (days[0], days[1], days[2], days[3], days[4])
    escrow = try reader.readAmount()
    votes = try reader.readAmount()
  }

  private static let order = [State.none, .unlocked, .locked]

  private mutating func advance(to day: Int) throws {
    guard day >= today else { throw EconomyError.invalidTime("day \(day) is before day \(today), the last one told") }
    today = day
  }
}
