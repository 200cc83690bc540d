/// A proposal's way: DRAFT -> VOTING -> {PASSED -> TIMELOCK -> EXECUTED, REJECTED, NO_QUORUM, VETOED}.
///
/// Source: specification 2.4. The vote closes when its period is over, and what passed waits for the time lock before
/// it may be executed, so that who disagrees can leave first.
public struct Proposal: Sendable, Equatable {
  public enum State: String, CaseIterable, Sendable {
    case draft = "DRAFT"
    case voting = "VOTING"
    case passed = "PASSED"
    case timelock = "TIMELOCK"
    case executed = "EXECUTED"
    case rejected = "REJECTED"
    case noQuorum = "NO_QUORUM"
    case vetoed = "VETOED"
  }

  public let matter: GovernanceVote.Matter
  public let votingDays: Int
  public let timelockDays: Int
  public private(set) var state = State.draft
  /// From when on the next step is allowed.
  public private(set) var readyOn = 0
  private var today = 0

  /// - Throws: `EconomyError.invalidSchedule` for periods below 1 day of voting or 0 of waiting, or beyond 10^6.
  public init(_ matter: GovernanceVote.Matter, votingDays: Int = 7, timelockDays: Int = 2) throws(EconomyError) {
    guard (1...1_000_000).contains(votingDays), (0...1_000_000).contains(timelockDays) else {
      throw .invalidSchedule(
        "voting takes 1 to 1000000 days and the time lock 0 to 1000000, not \(votingDays) and \(timelockDays)")
    }
    self.matter = matter
    self.votingDays = votingDays
    self.timelockDays = timelockDays
  }

  /// Puts the draft to the vote.
  public mutating func open(on day: Int) throws(EconomyError) {
    try advance("open the vote", from: .draft, to: day, notBefore: 0)
    (state, readyOn) = (.voting, day + votingDays)
  }

  /// Counts, once the period is over.
  public mutating func close(_ vote: GovernanceVote, on day: Int) throws(EconomyError) {
    try advance("close the vote", from: .voting, to: day, notBefore: readyOn)
    state =
      switch vote.reason {
      case .ok: .passed
      case .noQuorum, .noChamberQuorum: .noQuorum
      case .noMajority: .rejected
      case .chamberVeto: .vetoed
      }
  }

  /// Begins the wait.
  public mutating func queue(on day: Int) throws(EconomyError) {
    try advance("queue the proposal", from: .passed, to: day, notBefore: 0)
    (state, readyOn) = (.timelock, day + timelockDays)
  }

  public mutating func execute(on day: Int) throws(EconomyError) {
    try advance("execute the proposal", from: .timelock, to: day, notBefore: readyOn)
    state = .executed
  }

  private mutating func advance(
    _ event: String, from needed: State, to day: Int, notBefore bound: Int
  ) throws(EconomyError) {
    guard state == needed else { throw .wrongState(event: event, state: state.rawValue) }
    guard day >= today, day <= Int.max / 2 else {
      throw .invalidTime("day \(day) is before day \(today), the last one told, or beyond all calendars")
    }
    guard day >= bound else { throw .invalidTime("cannot \(event) on day \(day): not before day \(bound)") }
    today = day
  }
}
