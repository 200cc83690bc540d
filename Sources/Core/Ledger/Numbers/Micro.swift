/// Money of bids: whole millionths of a token, converted from doubles once, at the door.
public enum Micro {
  /// The largest bid: 10^9 tokens. Below it a double and its millionths stand for each other without loss.
  public static let maximum: UInt64 = 1_000_000_000_000_000

  public enum Rounding: Sendable {
    case nearest, up, down
  }

  /// A double amount of tokens in millionths.
  ///
  /// A double that is within rounding noise (10^-9 millionths, relative above one) of a whole number of millionths is
  /// that number whichever way `rounding` goes, so that 37.2 paid is 37.2 and not a millionth more.
  ///
  /// - Throws: `AmountError.notFinite`; `AmountError.notMoney` for negative numbers; `AmountError.bidTooLarge` above
  ///   `maximum`.
  public static func from(_ tokens: Double, rounding: Rounding = .nearest) throws(AmountError) -> UInt64 {
    guard tokens.isFinite else { throw .notFinite("\(tokens)") }
    guard tokens >= 0 else { throw .notMoney("\(tokens)") }
    let scaled = tokens * 1e6
    guard scaled <= Double(maximum) else { throw .bidTooLarge(tokens) }
    let nearest = scaled.rounded()
    if abs(scaled - nearest) <= 1e-9 * max(1, nearest) { return UInt64(nearest) }
    return switch rounding {
    case .nearest: UInt64(nearest)
    case .up: UInt64(scaled.rounded(.up))
    case .down: UInt64(scaled.rounded(.down))
    }
  }

  public static func tokens(_ micro: UInt64) -> Double {
    Double(micro) / 1e6
  }
}
