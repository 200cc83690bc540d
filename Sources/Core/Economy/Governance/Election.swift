/// The week in which nodes are elected: the first of every quarter.
public struct ElectionWindow: Sendable, Equatable {
  public let quarter: Int
  public let isOpen: Bool
  /// Counted from 0; nil while the window is closed.
  public let dayInWindow: Int?

  /// - Throws: `EconomyError.invalidTime` for a negative day, `.invalidSchedule` unless 1 <= length <= quarter.
  public init(day: Int, quarterDays: Int = 91, length: Int = 7) throws(EconomyError) {
    guard quarterDays >= 1, (1...quarterDays).contains(length) else {
      throw .invalidSchedule("an election of \(length) days does not fit into a quarter of \(quarterDays)")
    }
    guard day >= 0 else { throw .invalidTime("a day is counted from 0 on, not \(day)") }
    quarter = day / quarterDays
    isOpen = day % quarterDays < length
    dayInWindow = isOpen ? day % quarterDays : nil
  }
}

/// Who is elected to run the network for a quarter.
///
/// Source: Network3 4.4.2: tokens pledged during the window weigh 3/2. As printed that counts every pledge made, so that
/// who pledges, withdraws and pledges again multiplies his votes for nothing; the corrected rule counts the net.
public struct Election: Sendable, Equatable {
  public enum Rule: String, CaseIterable, Sendable {
    case net
    case printed
  }

  public struct Candidate: Sendable, Equatable {
    public var id: String
    public var pledge: Amount
    public var reputation: Double
    public var registeredAt: Int
    public var isBlacklisted: Bool

    public init(id: String, pledge: Amount, reputation: Double, registeredAt: Int, isBlacklisted: Bool = false) {
      self.id = id
      self.pledge = pledge
      self.reputation = reputation
      self.registeredAt = registeredAt
      self.isBlacklisted = isBlacklisted
    }
  }

  public struct Vote: Sendable, Equatable {
    public var voter: String
    public var candidate: String
    /// The voter's pledge when the window opened.
    public var snapshot: Amount
    public var pledgeNow: Amount
    /// Everything pledged during the window, withdrawn again or not: what the printed rule counts.
    public var pledgedInWindow: Amount

    /// - Parameter pledgedInWindow: the net addition where nothing else is said.
    public init(
      voter: String, candidate: String, snapshot: Amount, pledgeNow: Amount, pledgedInWindow: Amount? = nil
    ) {
      self.voter = voter
      self.candidate = candidate
      self.snapshot = snapshot
      self.pledgeNow = pledgeNow
      self.pledgedInWindow =
        pledgedInWindow ?? (pledgeNow > snapshot ? Amount(units: pledgeNow.units - snapshot.units) : .zero)
    }
  }

  public let elected: [String]
  /// Those who replace leavers, in this order.
  public let alternates: [String]
  /// Of every eligible candidate, in the order given.
  public let votes: [(candidate: String, amount: Amount)]

  public static func == (left: Election, right: Election) -> Bool {
    left.elected == right.elected && left.alternates == right.alternates
      && left.votes.elementsEqual(right.votes) { $0 == $1 }
  }

  /// - Parameter enhancement: what a token pledged during the window weighs, 3/2 in the paper.
  /// - Throws: `EconomyError.duplicateVote`, `.duplicateID`, `.unknownParticipant` for a vote for nobody who stands,
  ///   `.invalidRate`, `AmountError.overflow`.
  public init(
    seats: Int, minimumPledge: Amount, candidates: [Candidate], votes: [Vote],
    enhancement: (numerator: UInt128, denominator: UInt128) = (3, 2), rule: Rule = .net
  ) throws {
    guard seats >= 0 else { throw EconomyError.invalidRate(name: "seats", given: "\(seats)", allowed: "at least 0") }
    guard enhancement.denominator > 0 else {
      throw EconomyError.invalidRate(name: "enhancement_denominator", given: "0", allowed: "at least 1")
    }
    var place: [String: Int] = [:]
    for (index, candidate) in candidates.enumerated() {
      guard place.updateValue(index, forKey: candidate.id) == nil else {
        throw EconomyError.duplicateID(candidate.id, what: "candidates")
      }
    }
    var voters: Set<String> = []
    var sums = candidates.map { _ in Amount.zero }
    for vote in votes {
      guard voters.insert(vote.voter).inserted else { throw EconomyError.duplicateVote(vote.voter) }
      guard let index = place[vote.candidate] else { throw EconomyError.unknownParticipant(vote.candidate) }
      sums[index] = try sums[index] + Self.weight(of: vote, enhancement, rule)
    }
    let eligible = candidates.indices.filter { candidates[$0].pledge >= minimumPledge && !candidates[$0].isBlacklisted }
    let ranked = eligible.sorted { left, right in
      let (a, b) = (candidates[left], candidates[right])
      if sums[left] != sums[right] { return sums[left] > sums[right] }
      if a.pledge != b.pledge { return a.pledge > b.pledge }
      if a.reputation != b.reputation { return a.reputation > b.reputation }
      if a.registeredAt != b.registeredAt { return a.registeredAt < b.registeredAt }
      return a.id < b.id
    }
    elected = ranked.prefix(seats).map { candidates[$0].id }
    alternates = ranked.dropFirst(seats).map { candidates[$0].id }
    self.votes = eligible.map { (candidate: candidates[$0].id, amount: sums[$0]) }
  }

  /// min(snapshot, now) + floor(max(0, now - snapshot) 3/2); printed: snapshot + floor(everything pledged 3/2).
  static func weight(
    of vote: Vote, _ enhancement: (numerator: UInt128, denominator: UInt128), _ rule: Rule
  ) throws -> Amount {
    let (standing, added): (Amount, Amount) =
      switch rule {
      case .net:
        (
          min(vote.snapshot, vote.pledgeNow),
          vote.pledgeNow > vote.snapshot ? try vote.pledgeNow - vote.snapshot : .zero
        )
      case .printed: (vote.snapshot, vote.pledgedInWindow)
      }
    return try standing + added.portion(enhancement.numerator, of: enhancement.denominator)
  }
}
