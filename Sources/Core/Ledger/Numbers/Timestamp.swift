/// An instant of the scenario's clock, in microseconds since its start. Ledgers never read the wall clock.
public struct Timestamp: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let microseconds: UInt64

  public init(microseconds: UInt64) {
    self.microseconds = microseconds
  }

  /// - Parameter seconds: finite, not negative, at most 9 x 10^12; rounded to the nearest microsecond.
  /// - Throws: `LedgerError.invalidParameter`.
  public init(seconds: Double) throws(LedgerError) {
    guard seconds.isFinite, (0...9e12).contains(seconds) else {
      throw .invalidParameter("a time is a number of seconds from 0 to 9e12, not \(seconds)")
    }
    microseconds = UInt64((seconds * 1e6).rounded())
  }

  public var seconds: Double { Double(microseconds) / 1e6 }

  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.microseconds < right.microseconds
  }

  public var description: String { "\(seconds) s" }
}
