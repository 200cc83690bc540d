/// A report of an offence, with the reporter's bond at stake.
///
///     REPORTED -> EVIDENCE -> UPHELD (the node is slashed) | REJECTED (bond to the accused) | EXPIRED (bond back)
///
/// Source: specification 2.5.
public struct Dispute: Sendable, Equatable {
  public enum State: String, CaseIterable, Sendable {
    case reported = "REPORTED"
    case evidence = "EVIDENCE"
    case upheld = "UPHELD"
    case rejected = "REJECTED"
    case expired = "EXPIRED"
  }

  public let reporter: String
  public let accused: String
  public let bond: Amount
  public let deadline: Int
  public private(set) var state = State.reported
  /// Where the bond went.
  public private(set) var bondToReporter = Amount.zero
  public private(set) var bondToAccused = Amount.zero
  public private(set) var slashing: Slashing?
  private var today = 0

  /// - Parameter deadline: the day from which on an open dispute is expired.
  /// - Throws: `EconomyError.invalidAmount` for a bond of 0, `.invalidVote` for a report about oneself.
  public init(reporter: String, accused: String, bond: Amount, deadline: Int) throws(EconomyError) {
    guard !bond.isZero else { throw .invalidAmount("a reporter's bond is more than 0 tokens") }
    guard reporter != accused else { throw .invalidVote("'\(reporter)' cannot report itself") }
    self.reporter = reporter
    self.accused = accused
    self.bond = bond
    self.deadline = deadline
  }

  public mutating func submitEvidence(on day: Int) throws(EconomyError) {
    try require(.reported, "submit evidence", before: day)
    (state, today) = (.evidence, day)
  }

  /// The node is guilty: it is slashed, and the bond goes back.
  public mutating func uphold(pledge: Amount, severity: Int, terms: Slashing.Terms = .init(), on day: Int) throws {
    try require(.evidence, "uphold the report", before: day)
    slashing = try Slashing(pledge: pledge, severity: severity, reporters: [reporter], terms: terms)
    try close(.upheld, toReporter: bond, toAccused: .zero, on: day)
  }

  /// The report was wrong: the bond is the accused's.
  public mutating func reject(on day: Int) throws {
    try require(.evidence, "reject the report", before: day)
    try close(.rejected, toReporter: .zero, toAccused: bond, on: day)
  }

  /// Nobody decided in time.
  public mutating func expire(on day: Int) throws {
    guard state == .reported || state == .evidence else {
      throw EconomyError.wrongState(event: "let the dispute expire", state: state.rawValue)
    }
    try requireNotPast(day)
    guard day >= deadline else {
      throw EconomyError.invalidTime("a dispute with deadline \(deadline) does not expire on day \(day)")
    }
    try close(.expired, toReporter: bond, toAccused: .zero, on: day)
  }

  private mutating func close(_ end: State, toReporter: Amount, toAccused: Amount, on day: Int) throws {
    try Conservation.check("dispute", bond, equal: toReporter, toAccused)
    (state, bondToReporter, bondToAccused, today) = (end, toReporter, toAccused, day)
  }

  private func require(_ needed: State, _ event: String, before day: Int) throws(EconomyError) {
    guard state == needed else { throw .wrongState(event: event, state: state.rawValue) }
    try requireNotPast(day)
    guard day < deadline else { throw .invalidTime("day \(day) is not before the dispute's deadline, \(deadline)") }
  }

  private func requireNotPast(_ day: Int) throws(EconomyError) {
    guard day >= today else { throw .invalidTime("day \(day) is before day \(today), the last one told") }
  }
}
