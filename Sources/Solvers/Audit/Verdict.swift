/// Whether a market kept one of its promises.
public enum Verdict: Equatable, Sendable, CustomStringConvertible {
  case holds
  case violated(Violation)

  public var holds: Bool { self == .holds }

  public var description: String {
    switch self {
    case .holds: "holds"
    case .violated(let violation): "violated: \(violation)"
    }
  }
}

/// The worst case in which a promise was broken.
public struct Violation: Equatable, Sendable, CustomStringConvertible {
  public enum Participant: Equatable, Sendable, CustomStringConvertible {
    case buyer(Int)
    case seller(Int)
    case member(Int)
    case auctioneer
    case organisation

    /// Counted from one, as in the papers.
    public var description: String {
      switch self {
      case .buyer(let index): "buyer \(index + 1)"
      case .seller(let index): "seller \(index + 1)"
      case .member(let index): "member \(index + 1)"
      case .auctioneer: "the auctioneer"
      case .organisation: "the organisation"
      }
    }
  }

  public let participant: Participant
  /// What happened, to be read between the participant and the two numbers.
  public let claim: String
  /// What was found, in money.
  public let found: Double
  /// What was promised, in money.
  public let allowed: Double

  /// By how much the promise was broken, above 0.
  public var excess: Double { abs(found - allowed) }

  public var description: String { "\(participant) \(claim): \(found) against \(allowed)" }
}
