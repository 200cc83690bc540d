import Solvers

/// What a round of crowdfunding is held to, fixed before anybody registers.
///
/// Source: HCFL section III; the deadlines, bonds and fees are ours (specification 3.8).
public struct CrowdfundingTerms: Sendable, Equatable {
  /// Until when each phase takes operations: an operation needs a time before the deadline.
  public struct Deadlines: Sendable, Equatable {
    public let propose: Int
    public let commit: Int
    public let reveal: Int
    public let deliver: Int
    public let train: Int
    public let assess: Int

    /// - Throws: `InvalidSchedule` unless each deadline comes after the one before.
    public init(propose: Int, commit: Int, reveal: Int, deliver: Int, train: Int, assess: Int) throws(CrowdfundingError)
    {
      let times = [propose, commit, reveal, deliver, train, assess]
      guard zip(times, times.dropFirst()).allSatisfy(<) else {
        throw CrowdfundingError(
          .invalidSchedule, "the deadlines \(times.map(String.init).joined(separator: ", ")) do not follow each other",
          hint: "propose < commit < reveal < deliver < train < assess")
      }
      (self.propose, self.commit, self.reveal) = (propose, commit, reveal)
      (self.deliver, self.train, self.assess) = (deliver, train, assess)
    }
  }

  /// What the round is called in the commitments, so that none can be used again in another.
  public let name: String
  public let deadlines: Deadlines
  /// What an owner loses at most by not delivering or by missing its promise.
  public let ownerBond: Amount
  /// What a station loses by not training.
  public let stationBond: Amount
  /// Fewer owners than this, and nothing is decided.
  public let minimumOwners: Int
  /// Fewer stations than this, registered or trained, and nothing is decided.
  public let minimumStations: Int
  /// u, known to nobody before the claims are sealed.
  public let beacon: Beacon
  /// What it costs not to open one's commitment.
  public let silenceFee: Amount
  /// How fast the penalty grows with the shortfall.
  public let slope: PromiseVote.Slope
  public let gate: PromiseVote.Gate
  /// What the pool holds from earlier rounds.
  public let poolBefore: Amount

  /// - Throws: `InvalidParameter` for a minimum below 1, `AmountOverflow` for an amount above 10^30 units.
  public init(
    name: String, deadlines: Deadlines, ownerBond: Amount, stationBond: Amount, minimumOwners: Int = 2,
    minimumStations: Int = 1, beacon: Beacon, silenceFee: Amount, slope: PromiseVote.Slope,
    gate: PromiseVote.Gate = .voteAndEvidence, poolBefore: Amount = .zero
  ) throws(CrowdfundingError) {
    for (count, what) in [(minimumOwners, "owners"), (minimumStations, "stations")] where count < 1 {
      throw CrowdfundingError(.invalidParameter, "a round needs at least one of the \(what), not \(count)")
    }
    for (amount, what) in [
      (ownerBond, "the owners' bond"), (stationBond, "the stations' bond"), (silenceFee, "the fee for silence"),
      (poolBefore, "the pool"),
    ] { _ = try WholeMoney.of(amount, what) }
    self.name = name
    self.deadlines = deadlines
    self.ownerBond = ownerBond
    self.stationBond = stationBond
    self.minimumOwners = minimumOwners
    self.minimumStations = minimumStations
    self.beacon = beacon
    self.silenceFee = silenceFee
    self.slope = slope
    self.gate = gate
    self.poolBefore = poolBefore
  }
}
