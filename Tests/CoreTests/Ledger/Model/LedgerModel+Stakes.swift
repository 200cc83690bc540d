@testable import Core

/// Stakes and their locks, without the weekly income.
extension LedgerModel {
  struct Stake: Equatable {
    var owner: Address
    var amount: UInt128
    var lock: (start: UInt64, days: UInt64)?
    var votes: UInt128 = 0

    func isLocked(on day: UInt64) -> Bool { lock.map { day < $0.start + $0.days } ?? false }
    func votes(on day: UInt64) -> UInt128 { isLocked(on: day) ? votes : 0 }

    static func == (left: Stake, right: Stake) -> Bool {
      left.owner == right.owner && left.amount == right.amount && left.votes == right.votes
        && left.lock?.start == right.lock?.start && left.lock?.days == right.lock?.days
    }
  }

  static func day(_ now: UInt64) -> UInt64 { now / 86_400_000_000 }

  mutating func act(_ action: StakeAction, _ me: Address, _ nonce: UInt64, _ now: UInt64) -> Bool {
    let today = Self.day(now)
    switch action {
    case .stake(let amount):
      guard amount.units > 0 else { return false }
      stakes[LedgerIdentifier.stake(owner: me, nonce: nonce)] = Stake(owner: me, amount: amount.units)
      return pay(amount.units, from: me)
    case .lock(let id, let days):
      guard let stake = stakes[id], stake.owner == me, stake.amount > 0, !stake.isLocked(on: today) else {
        return false
      }
      guard (7...365).contains(days) else { return false }
      stakes[id]?.lock = (today, UInt64(days))
      stakes[id]?.votes = Self.share(stake.amount, UInt128(days), of: 365)
      return true
    case .unstake(let id, let amount):
      guard let stake = stakes[id], stake.owner == me, amount.units > 0, amount.units <= stake.amount else {
        return false
      }
      let left = stake.amount - amount.units
      stakes[id]?.amount = left
      if let lock = stake.lock, stake.isLocked(on: today), left > 0 {
        // An early exit costs the votes of the days that are left, of the rest too.
        let whole = Self.share(left, UInt128(lock.days), of: 365)
        stakes[id]?.votes = Self.share(whole, UInt128(today - lock.start), of: UInt128(lock.days))
      } else {
        stakes[id]?.lock = nil
        stakes[id]?.votes = 0
      }
      return receive(amount.units, me)
    case .slash, .distribute: return false
    }
  }

  /// floor(amount part / whole) of a part below the whole, quotient and remainder apart so that no product is large.
  private static func share(_ amount: UInt128, _ part: UInt128, of whole: UInt128) -> UInt128 {
    let (times, rest) = amount.quotientAndRemainder(dividingBy: whole)
    return times * part + rest * part / whole
  }
}
