import Solvers

/// A round of crowdfunding, from registration to the last withdrawal.
///
/// Everything happens on the round's own clock: an operation at time t first lets every deadline up to t take its
/// effect, so that nobody has to be there when it passes. An operation is refused with a named error or takes place
/// whole; after each, deposits and pool add up to balances, withdrawals and pool.
///
/// Source: HCFL section III; the state machine and its failure paths are ours (specification 3.8).
public struct CrowdfundingRound: Sendable, Equatable {
  public struct Participant: Sendable, Equatable {
    public let name: String
    public let side: CrowdfundingOperation.Side
    public let deposit: Amount
    /// What is left of the deposit, and came in.
    public internal(set) var balance: Amount
    public internal(set) var withdrawn = Amount.zero
    public internal(set) var commitment: String?
    /// The opened bids or claims, one for each proposal.
    public internal(set) var claims: [Amount]?
    /// Whether it stayed silent when it was time to open, and is out.
    public internal(set) var hasLeft = false
    /// Whether a station handed in its training.
    public internal(set) var isTrained = false
    public internal(set) var vote: Bool?
  }

  public struct Proposal: Sendable, Equatable {
    /// Index of the participant.
    public let owner: Int
    /// What is promised, in parts per million.
    public let accuracy: Int
    public let price: PostedInterval
  }

  /// What the opened claims led to.
  public struct Decision: Sendable, Equatable {
    /// Index of the proposal; nil when no margin reaches 0.
    public let selected: Int?
    /// C, what the owners pay the stations in all; 0 without a selection.
    public let totalPayment: Amount
    /// c_i or r_i by participant, owners and stations alike; 0 for those who left.
    public let shares: [Amount]
    /// T_i by participant.
    public let taxes: [Amount]
  }

  public let terms: CrowdfundingTerms
  public private(set) var now: Int
  public internal(set) var stage = CrowdfundingStage.open
  /// In the order of registration.
  public internal(set) var participants: [Participant] = []
  public internal(set) var proposals: [Proposal] = []
  public internal(set) var decision: Decision?
  public internal(set) var isDelivered = false
  /// What the winner says was measured, in parts per million.
  public internal(set) var reportedAccuracy: Int?
  /// What the owners' vote came to.
  public internal(set) var assessment: PromiseVote?
  public internal(set) var pool: Amount

  /// - Parameter start: the time before which nothing happens.
  public init(_ terms: CrowdfundingTerms, start: Int = .min) {
    self.terms = terms
    now = start
    pool = terms.poolBefore
  }

  /// Who proposed what is trained.
  public var winner: Int? { decision?.selected.map { proposals[$0].owner } }

  public func participant(named name: String) -> Participant? { participants.first { $0.name == name } }

  /// Performs an operation at a time, after what time itself brings about.
  ///
  /// - Throws: `CrowdfundingError` by the specification's names, and the round is as the time alone makes it;
  ///   `InvalidTime` for a time that is past, and the round is as before.
  public mutating func perform(_ operation: CrowdfundingOperation, at time: Int) throws {
    try advance(to: time)
    var next = self
    try next.carryOut(operation)
    try next.checkConservation()
    self = next
  }

  /// Lets time pass: every deadline up to it takes its effect.
  ///
  /// - Throws: `InvalidTime` for a time that is past.
  public mutating func advance(to time: Int) throws {
    guard time >= now else {
      throw CrowdfundingError(.invalidTime, "the time \(time) lies before \(now), when the last operation took place")
    }
    var next = self
    while let deadline = next.deadline, time >= deadline { try next.passDeadline() }
    try next.checkConservation()
    next.now = time
    self = next
  }

  /// Until when the present stage lasts; nil at the end.
  public var deadline: Int? {
    switch stage {
    case .open: terms.deadlines.propose
    case .commit: terms.deadlines.commit
    case .reveal: terms.deadlines.reveal
    case .deliver: terms.deadlines.deliver
    case .train: terms.deadlines.train
    case .assess: terms.deadlines.assess
    case .settled, .aborted, .failedDelivery, .failedTraining: nil
    }
  }

  /// sum deposits + pool before = sum balances + withdrawn + pool.
  private func checkConservation() throws {
    let paidIn = try Amount.total(participants.map(\.deposit) + [terms.poolBefore])
    let held = try Amount.total(participants.flatMap { [$0.balance, $0.withdrawn] } + [pool])
    guard paidIn == held else {
      throw CrowdfundingError(
        .moneyNotConserved, "\(paidIn.units) units were paid in, but \(held.units) are accounted for")
    }
  }
}
