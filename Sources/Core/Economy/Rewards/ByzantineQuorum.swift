/// How many faulty members a committee bears, and how many must agree (PBFT; Castro and Liskov 1999).
public struct ByzantineQuorum: Sendable, Equatable {
  /// f = floor((m - 1) / 3).
  public let faults: Int
  /// floor((m + f) / 2) + 1: two quorums share an honest member. 2f + 1 when m = 3f + 1.
  public let quorum: Int

  /// - Throws: `EconomyError.committeeTooSmall` for nobody.
  public init(members: Int) throws(EconomyError) {
    guard members >= 1 else { throw .committeeTooSmall(given: members, needed: 1, what: "a quorum") }
    faults = (members - 1) / 3
    // m and f added without overflow: f + floor((m - f) / 2).
    quorum = faults + (members - faults) / 2 + 1
  }
}

/// The global validators' reward: equal parts, rounded down, the rest carried.
///
/// Source: Network3 (5).
public struct GlobalValidatorReward: Sendable, Equatable {
  public let each: Amount
  public let carryOut: Amount

  /// - Throws: `EconomyError.committeeTooSmall` below four.
  public init(_ reward: Amount, members: Int) throws {
    guard members >= Committee.leastSize else {
      throw EconomyError.committeeTooSmall(given: members, needed: Committee.leastSize, what: "a committee")
    }
    each = try reward.portion(1, of: UInt128(members))
    carryOut = try reward - each.portion(UInt128(members), of: 1)
  }
}
