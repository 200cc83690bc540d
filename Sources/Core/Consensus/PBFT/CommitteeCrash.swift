/// A time in which a member of a committee is down: it hears nothing and says nothing, and what it held in memory is gone.
///
/// Of what it said and is still under way, each message is lost with a chance of one half: nobody knows how far it came.
public struct CommitteeCrash: Hashable, Sendable {
  public let member: Int
  public let from: Double
  /// When it is back; infinity for never.
  public let until: Double

  public init(member: Int, from: Double, until: Double = .infinity) {
    self.member = member
    self.from = from
    self.until = until
  }

  public var isForEver: Bool { until == .infinity }

  /// - Throws: `InvalidParameter` for crashes of nobody, of members that do not follow the protocol, and for crashes that
  ///   end before they begin or while the member is down already.
  static func check(_ crashes: [CommitteeCrash], _ behaviours: [CommitteeBehaviour]) throws(ConsensusError) {
    var ends = [Double](repeating: 0, count: behaviours.count)
    for crash in crashes.sorted(by: { ($0.from, $0.until) < ($1.from, $1.until) }) {
      try ConsensusError.check(
        behaviours.indices.contains(crash.member),
        "a crash names member \(crash.member + 1), but there are \(behaviours.count) members")
      switch behaviours[crash.member] {
      case .honest, .delaying: break
      case .silent, .equivocating:
        throw ConsensusError(
          .invalidParameter, "member \(crash.member + 1) is \(behaviours[crash.member]); a crash is of one that is not")
      }
      try ConsensusError.check(
        crash.from >= 0 && crash.from < crash.until,
        "a crash lasts from a time of at least 0 to a later one, not from \(crash.from) to \(crash.until)")
      try ConsensusError.check(
        crash.from >= ends[crash.member],
        "member \(crash.member + 1) crashes at \(crash.from) while it is down until \(ends[crash.member])")
      ends[crash.member] = crash.until
    }
  }
}

/// What a member has after a crash.
public enum CommitteeMemory: String, Sendable, CaseIterable {
  /// Everything that it wrote down before it acted on it.
  case journal
  /// Nothing, so that it can contradict what it said: as bad as a traitor while it lasts.
  case nothing
}
