/// What a locked day earns, as a multiple of an unlocked one.
///
/// Source: Network3 3.3.2 gives the end point 1.75 at 365 days, and says that it is linear; the rest is open.
public enum BoostMode: String, CaseIterable, Sendable {
  /// 1 + 0.75 d/365: continuous with the unlocked position.
  case linear0
  /// 1 + 0.75 (d - 7)/358: a lock of 7 days earns nothing.
  case linear7
  /// 1.75 d/365: short locks earn less than none. Printed nowhere, but what "linear up to 1.75" may be taken for.
  case proportional
}

/// A boost as an exact fraction.
public struct Boost: Sendable, Equatable {
  public let numerator: UInt128
  public let denominator: UInt128

  /// Both terms are below 2^12, and doubles of 64 bits are made faster than those of 128.
  public var value: Double {
    Double(UInt64(truncatingIfNeeded: numerator)) / Double(UInt64(truncatingIfNeeded: denominator))
  }

  /// - Parameter days: 0 for no lock, else 7 to 365.
  /// - Throws: `EconomyError.invalidLockPeriod`.
  public init(lockDays days: Int, mode: BoostMode = .linear0) throws(EconomyError) {
    guard days == 0 || LockPeriod.days.contains(days) else { throw .invalidLockPeriod(days) }
    self.init(servedDays: days, mode: mode)
  }

  /// The boost of any number of days that a lock is still worth, 0 to 365: after an early exit that may be less than
  /// the shortest lock.
  init(servedDays days: Int, mode: BoostMode) {
    let days = UInt128(clamping: days)
    switch mode {
    case .linear0: (numerator, denominator) = (1460 + 3 * days, 1460)
    case .linear7: (numerator, denominator) = (1432 + 3 * (days - min(days, 7)), 1432)
    case .proportional: (numerator, denominator) = (days == 0 ? 1460 : 7 * days, 1460)
    }
  }
}

/// How long a lock may be.
public enum LockPeriod {
  public static let days = 7...365
  static let longest: UInt128 = 365

  /// - Throws: `EconomyError.invalidLockPeriod`.
  static func checked(_ days: Int) throws(EconomyError) -> UInt128 {
    guard Self.days.contains(days) else { throw .invalidLockPeriod(days) }
    return UInt128(days)
  }

  /// Days from `start` to `now`.
  ///
  /// - Throws: `EconomyError.invalidTime` when that is before the start, or out of all proportion.
  static func served(from start: Int, to now: Int) throws(EconomyError) -> Int {
    let (served, overflow) = now.subtractingReportingOverflow(start)
    guard !overflow, served >= 0 else { throw .invalidTime("day \(now) is before day \(start), when the lock began") }
    return served
  }
}
