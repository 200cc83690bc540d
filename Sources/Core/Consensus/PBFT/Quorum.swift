/// How many members must agree, and how many may be faulty.
///
/// Sources: Castro and Liskov 1999; specification 2.6.
public struct Quorum: Hashable, Sendable {
  public let members: Int
  /// f = floor((m - 1) / 3).
  public let faulty: Int
  /// floor((m + f) / 2) + 1, which is 2f + 1 when m = 3f + 1: any two quorums share an honest member.
  public let size: Int

  /// - Throws: `CommitteeTooSmall` for fewer than 4 members.
  public init(members: Int) throws(ConsensusError) {
    guard members >= 4 else {
      throw ConsensusError(
        .committeeTooSmall, "a committee of \(members) cannot stand a single faulty member; it takes at least 4")
    }
    self.members = members
    faulty = (members - 1) / 3
    size = (members + faulty) / 2 + 1
  }
}

/// What a member of a committee does.
public enum CommitteeBehaviour: Sendable, Equatable {
  case honest
  /// Says nothing.
  case silent
  /// Proposes one block to some and another to others, and supports before everybody what that one was told.
  case equivocating
  /// Sends everything so many seconds late.
  case delaying(Double)

  var isHonest: Bool { self == .honest }
  var extraDelay: Double { if case .delaying(let seconds) = self { seconds } else { 0 } }
}
