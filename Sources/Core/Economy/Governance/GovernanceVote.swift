import Tensor

/// Whether a proposal passes, by weight, with a chamber of the largest nodes for key ones.
///
/// Source: Network3 section 4; quorum 20 %, chamber 50 % and two thirds are the specification's.
public struct GovernanceVote: Sendable, Equatable {
  public enum Matter: String, CaseIterable, Sendable {
    case ordinary
    /// Needs the super chamber too, or, if that is silent, the chamber of the first tier.
    case key
  }

  public enum Ballot: String, CaseIterable, Sendable {
    case `for`
    case against
    case abstain
    case absent
  }

  public struct Voter: Sendable, Equatable {
    public var id: String
    public var pledge: Amount
    public var votes: Amount
    public var tier: NodeTier
    public var ballot: Ballot

    public init(id: String, pledge: Amount, votes: Amount = .zero, tier: NodeTier = .none, ballot: Ballot) {
      self.id = id
      self.pledge = pledge
      self.votes = votes
      self.tier = tier
      self.ballot = ballot
    }
  }

  public enum Reason: String, Sendable {
    case ok
    case noQuorum = "no_quorum"
    case noMajority = "no_majority"
    case chamberVeto = "chamber_veto"
    case noChamberQuorum = "no_chamber_quorum"
  }

  /// The chamber that decided.
  public enum Chamber: String, Sendable {
    case none
    case `super`
    case tier1
  }

  public let inFavour: Amount
  public let against: Amount
  public let abstained: Amount
  /// Of everybody, present or not.
  public let total: Amount
  public let hasQuorum: Bool
  public let chamber: Chamber
  public let reason: Reason

  public var passed: Bool { reason == .ok }

  /// - Parameters:
  ///   - quorum: basis points of all power that must take part.
  ///   - chamberQuorum: basis points of a chamber's power that must take part for it to decide.
  /// - Throws: `EconomyError.duplicateVote`, `.invalidRate`, `AmountError.overflow`.
  public init(
    _ matter: Matter, voters: [Voter], quorum: Int = 2000, chamberQuorum: Int = 5000, rate: VotingPower = .oneToOne
  ) throws {
    let quorum = try BasisPoints.checked(quorum, "quorum_bps")
    let chamberQuorum = try BasisPoints.checked(chamberQuorum, "chamber_quorum_bps")
    if let twice = voters.lazy.map(\.id).firstRepeated { throw EconomyError.duplicateVote(twice) }
    let powers = try voters.map { try rate.power(pledge: $0.pledge, votes: $0.votes) }
    let all = try Tally(voters, powers) { _ in true }
    (inFavour, against, abstained, total) = (all.inFavour, all.against, all.abstained, all.total)
    hasQuorum = all.responds(quorum)
    guard hasQuorum else {
      (chamber, reason) = (.none, .noQuorum)
      return
    }
    guard all.inFavour > all.against else {
      (chamber, reason) = (.none, .noMajority)
      return
    }
    guard matter == .key else {
      (chamber, reason) = (.none, .ok)
      return
    }
    for (chamber, tier) in [(Chamber.super, NodeTier.super), (.tier1, .tier1)] {
      let tally = try Tally(voters, powers) { $0.tier == tier }
      // A chamber without power is as silent as one that stays at home.
      guard !tally.total.isZero, tally.responds(chamberQuorum) else { continue }
      self.chamber = chamber
      reason = tally.hasTwoThirds ? .ok : .chamberVeto
      return
    }
    (chamber, reason) = (.none, .noChamberQuorum)
  }

  /// The power on each side.
  private struct Tally {
    var inFavour = Amount.zero
    var against = Amount.zero
    var abstained = Amount.zero
    var total = Amount.zero

    init(_ voters: [Voter], _ powers: [Amount], counting isCounted: (Voter) -> Bool) throws {
      for (voter, power) in zip(voters, powers) where isCounted(voter) {
        total = try total + power
        switch voter.ballot {
        case .for: inFavour = try inFavour + power
        case .against: against = try against + power
        case .abstain: abstained = try abstained + power
        case .absent: break
        }
      }
    }

    /// (for + against + abstain) 10^4 >= share all; the sum is part of the total, so it does not overflow.
    func responds(_ share: UInt128) -> Bool {
      let present = inFavour.units + against.units + abstained.units
      return Whole.product(present, 10_000, isAtLeast: share, total.units)
    }

    /// for > 0 and 3 for >= 2 (for + against).
    var hasTwoThirds: Bool {
      !inFavour.isZero && Whole.product(3, inFavour.units, isAtLeast: 2, inFavour.units + against.units)
    }
  }
}
