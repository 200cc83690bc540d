import Tensor

/// Why a rule of the token economy has no answer; nothing has changed.
public enum EconomyError: Diagnosable, Equatable {
  case blacklistedNode
  case committeeTooSmall(given: Int, needed: Int, what: String)
  case dimensionMismatch(String)
  case duplicateID(String, what: String)
  case duplicateReport(String)
  case duplicateVote(String)
  case inflationCapExceeded(tail: Int, cap: Int)
  case invalidAmount(String)
  case invalidLockPeriod(Int)
  /// A share or rate outside of what it may be; `allowed` says what that is.
  case invalidRate(name: String, given: String, allowed: String)
  case invalidReputation(String)
  case invalidSchedule(String)
  case invalidSeverity(Int)
  case invalidTime(String)
  case invalidVote(String)
  case invalidWithdraw(asked: Amount, held: Amount)
  case negativeInput(name: String, given: Double)
  case noParticipants(String)
  case noVotes
  case overflow(String)
  case unknownParticipant(String)
  case wrongState(event: String, state: String)
  case zeroCirculation
  case zeroWeight(String)
  /// Money was made or lost. Never seen; checked all the same.
  case notConserved(operation: String, before: String, after: String)

  public var kind: String {
    switch self {
    case .blacklistedNode: "BlacklistedNode"
    case .committeeTooSmall: "CommitteeTooSmall"
    case .dimensionMismatch: "DimensionMismatch"
    case .duplicateID: "DuplicateId"
    case .duplicateReport: "DuplicateReport"
    case .duplicateVote: "DuplicateVote"
    case .inflationCapExceeded: "InflationCapExceeded"
    case .invalidAmount: "InvalidAmount"
    case .invalidLockPeriod: "InvalidLockPeriod"
    case .invalidRate: "InvalidRate"
    case .invalidReputation: "InvalidReputation"
    case .invalidSchedule: "InvalidSchedule"
    case .invalidSeverity: "InvalidSeverity"
    case .invalidTime: "InvalidTime"
    case .invalidVote: "InvalidVote"
    case .invalidWithdraw: "InvalidWithdraw"
    case .negativeInput: "NegativeInput"
    case .noParticipants: "NoParticipants"
    case .noVotes: "NoVotes"
    case .overflow: "AmountOverflow"
    case .unknownParticipant: "UnknownParticipant"
    case .wrongState: "WrongState"
    case .zeroCirculation: "ZeroCirculation"
    case .zeroWeight: "ZeroWeight"
    case .notConserved: "NotConserved"
    }
  }

  public var message: String {
    switch self {
    case .blacklistedNode: "the node is banned from the bandwidth market for good"
    case .committeeTooSmall(let given, let needed, let what): "\(what) needs at least \(needed) members, got \(given)"
    case .duplicateID(let id, let what): "two \(what) bear the id '\(id)'"
    case .duplicateReport(let id): "'\(id)' is named twice among the reporters"
    case .duplicateVote(let voter): "\(voter) votes twice"
    case .inflationCapExceeded(let tail, let cap):
      "a tail inflation of \(tail) ppm a year is above the cap of \(cap) ppm"
    case .dimensionMismatch(let what), .invalidAmount(let what), .invalidReputation(let what),
      .invalidSchedule(let what), .invalidTime(let what), .invalidVote(let what), .noParticipants(let what):
      what
    case .invalidLockPeriod(let days): "a lock lasts 7 to 365 days, not \(days)"
    case .invalidRate(let name, let given, let allowed): "\(name) must be \(allowed), got \(given)"
    case .invalidSeverity(let severity): "a severity is 0 to 10000 basis points, not \(severity)"
    case .invalidWithdraw(let asked, let held): "cannot withdraw \(asked) of \(held) tokens"
    case .negativeInput(let name, let given): "\(name) must be a number of at least 0, got \(given)"
    case .noVotes: "there are no votes"
    case .overflow(let what): "\(what) is more than 128 bits hold"
    case .unknownParticipant(let name): "nobody here is called '\(name)'"
    case .wrongState(let event, let state): "cannot \(event) in state \(state)"
    case .zeroCirculation: "with no tokens in circulation there are no thresholds"
    case .zeroWeight(let what): "\(what) sum to zero"
    case .notConserved(let operation, let before, let after):
      "\(operation) had \(before) tokens to account for and accounted for \(after)"
    }
  }

  public var hint: String? {
    switch self {
    case .invalidLockPeriod: "0 days is an unlocked position, where that is allowed"
    case .invalidRate(let name, _, _) where name == "reporter_bps":
      "with the whole cut for reporters a node slashes itself through a second identity at no cost"
    case .notConserved: "this is a defect of flnft; please report the call that led here"
    default: nil
    }
  }
}

/// The identities of money: what goes in comes out, to the last unit.
enum Conservation {
  /// - Throws: `EconomyError.notConserved`, `AmountError.overflow`.
  static func check(_ operation: String, _ before: Amount..., equal after: Amount...) throws {
    try check(operation, before, equal: after)
  }

  static func check(_ operation: String, _ before: [Amount], equal after: [Amount]) throws {
    let (given, accounted) = (try Amount.total(before), try Amount.total(after))
    guard given == accounted else {
      throw EconomyError.notConserved(
        operation: operation, before: given.description, after: accounted.description)
    }
  }
}

/// Shares in ten-thousandths.
enum BasisPoints {
  static let whole = 10_000

  /// - Throws: `EconomyError.invalidRate` outside 0...10000.
  static func checked(_ value: Int, _ name: String) throws(EconomyError) -> UInt128 {
    guard (0...whole).contains(value) else {
      throw .invalidRate(name: name, given: "\(value)", allowed: "0 to 10000 basis points")
    }
    return UInt128(value)
  }
}

/// Whole numbers that user input can drive out of range.
enum Whole {
  static func sum(_ numbers: some Sequence<UInt128>, _ what: String) throws(EconomyError) -> UInt128 {
    var sum: UInt128 = 0
    for number in numbers {
      let (next, overflow) = sum.addingReportingOverflow(number)
      guard !overflow else { throw .overflow("the sum of \(what)") }
      sum = next
    }
    return sum
  }

  static func product(_ left: UInt128, _ right: UInt128, _ what: String) throws(EconomyError) -> UInt128 {
    let (product, overflow) = left.multipliedReportingOverflow(by: right)
    guard !overflow else { throw .overflow(what) }
    return product
  }

  /// Whether a b >= c d, the products in 256 bits.
  static func product(_ a: UInt128, _ b: UInt128, isAtLeast c: UInt128, _ d: UInt128) -> Bool {
    let (left, right) = (a.multipliedFullWidth(by: b), c.multipliedFullWidth(by: d))
    return (left.high, left.low) >= (right.high, right.low)
  }
}
