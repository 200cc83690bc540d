/// A node's standing in the bandwidth market: 0 at best, minus infinity when it is banned.
///
/// Source: Network3 5.2.1. A new identity begins at 0 again, so a registration must cost more than the points lost.
public enum Reputation: Sendable, Equatable {
  case standing(Int)
  case banned

  public enum Event: Sendable, Equatable {
    case environmentFault(points: Int)
    /// Forgives points; never a ban.
    case appeal(points: Int)
    case malicious
  }

  /// - Throws: `EconomyError.invalidReputation` for a value above 0.
  public init(_ delta: Int) throws(EconomyError) {
    guard delta <= 0 else { throw .invalidReputation("a reputation is at most 0, not \(delta)") }
    self = .standing(delta)
  }

  public var isBanned: Bool { self == .banned }

  /// The points as a double, minus infinity for a ban.
  public var value: Double {
    switch self {
    case .standing(let delta): Double(delta)
    case .banned: -.infinity
    }
  }

  /// - Throws: `EconomyError.invalidReputation` for negative points, and when points leave 64 bits.
  public func after(_ event: Event) throws(EconomyError) -> Reputation {
    guard case .standing(let delta) = self else { return .banned }
    switch event {
    case .malicious: return .banned
    case .environmentFault(let points):
      let (lower, overflow) = delta.subtractingReportingOverflow(try Self.checked(points))
      guard !overflow else { throw .invalidReputation("\(delta) - \(points) is below what a reputation can be") }
      return .standing(lower)
    case .appeal(let points):
      // delta <= 0 <= points: no overflow.
      return .standing(min(0, delta + (try Self.checked(points))))
    }
  }

  private static func checked(_ points: Int) throws(EconomyError) -> Int {
    guard points >= 0 else { throw .invalidReputation("points are at least 0, not \(points)") }
    return points
  }
}
