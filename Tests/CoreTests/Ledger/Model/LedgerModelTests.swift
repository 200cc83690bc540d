import Foundation
import Tensor
import Testing

@testable import Core

/// Long random histories of money, models, trade, stakes and organisations, against a model written separately.
///
/// 100,000 operations; 10,000,000 with FLNFT_LONG_TESTS. FLNFT_SEED begins at another seed, FLNFT_HISTORIES sets how many
/// histories of 500 operations there are.
@Suite struct LedgerModelTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let isLong = environment["FLNFT_LONG_TESTS"] != nil
  private static let seed = environment["FLNFT_SEED"].flatMap(UInt64.init) ?? 20
  /// Operations of one history: not so many that the books become slow to compare.
  private static let length = 500
  static let histories: Int =
    environment["FLNFT_HISTORIES"].flatMap(Int.init) ?? (isLong ? 10_000_000 : 100_000) / length

  @Test func ledgerAgreesWithTheModel() async throws {
    var met = Encounters()
    let batches = 8
    try await withThrowingTaskGroup(of: Encounters.self) { group in
      for batch in 0..<batches {
        group.addTask {
          // Ledgers are let go of one by one: millions of operations must not fill the memory.
          try stride(from: batch, to: Self.histories, by: batches).reduce(into: Encounters()) { met, history in
            if let trial = try Self.run(seed: Self.seed &+ UInt64(history)) { met.add(Encounters(trial)) }
          }
        }
      }
      for try await encounters in group { met.add(encounters) }
    }
    // Both sides must have been exercised, and every facet's refusals.
    #expect(met.taken > Self.histories * Self.length / 4 && met.refused > Self.histories * Self.length / 10)
    // A few histories need not meet everything.
    guard Self.histories >= 200 else { return }
    for kind in [
      "WrongNonce", "UnknownAccount", "NotIssuer", "InsufficientFunds", "AllowanceExceeded", "OutOfGas",
      "GasPriceTooLow",
      "UnknownToken", "NotOwner", "TransferNotApproved", "TokenOnSale", "RoyaltySet", "InsufficientShare",
      "AlreadyVoted",
      "ListingClosed", "ListingExpired", "PriceAboveLimit", "SaleOpen", "SaleClosed", "BidTooLow", "NotMember",
      "WrongState", "ProposalFailed", "NameTaken", "EscrowClosed", "NotParty", "NotSeller", "TokenExists",
      "UnknownPosition", "InvalidAmount", "InvalidLockPeriod", "InvalidWithdraw",
    ] {
      #expect(met.refusals[kind, default: 0] > 0, "\(kind) was never met")
    }
    for outcome in [
      "passed", "no quorum", "no majority", "passed as ordinary", "passed by chamber 3", "vetoed by chamber 3",
      "passed by chamber 2", "no chamber",
    ] {
      #expect(met.outcomes[outcome, default: 0] > 0, "no vote ever came to this: \(outcome)")
    }
  }

  /// What histories came upon.
  private struct Encounters {
    var (taken, refused) = (0, 0)
    var refusals: [String: Int] = [:]
    var outcomes: [String: Int] = [:]

    init() {}

    init(_ trial: LedgerTrial) {
      (taken, refused) = (trial.taken, trial.refused)
      (refusals, outcomes) = (trial.refusals, trial.outcomes)
    }

    mutating func add(_ other: Encounters) {
      taken += other.taken
      refused += other.refused
      refusals.merge(other.refusals, uniquingKeysWith: +)
      outcomes.merge(other.outcomes, uniquingKeysWith: +)
    }
  }

  /// One history; where ledger and model part, the shortest one found that parts them too is recorded.
  private static func run(seed: UInt64) throws -> LedgerTrial? {
    var operations = try LedgerOperations(seed: seed, users: 6)
    var trial = try LedgerTrial(operations)
    var steps: [LedgerOperations.Step] = []
    for _ in 0..<length {
      let step = operations.next(trial.model, now: trial.now)
      steps.append(step)
      if let difference = try trial.take(step) {
        let shrunk = try shrink(steps, operations)
        let words = shrunk.map {
          "user\($0.sender) +\($0.pause)us nonce+\(Int64(bitPattern: $0.nonceOffset)): \($0.action)"
        }
        Issue.record("seed \(seed), \(difference); \(shrunk.count) steps:\n\(words.joined(separator: "\n"))")
        return nil
      }
    }
    return trial
  }

  /// Leaves out halves, quarters, ... of the steps as long as something is still wrong.
  private static func shrink(
    _ steps: [LedgerOperations.Step], _ operations: LedgerOperations
  ) throws -> [LedgerOperations.Step] {
    func fails(_ steps: [LedgerOperations.Step]) throws -> Bool {
      var trial = try LedgerTrial(operations)
      for step in steps where try trial.take(step) != nil { return true }
      return false
    }
    var steps = steps
    var size = steps.count / 2
    while size > 0 {
      var start = 0
      while start < steps.count {
        var shorter = steps
        shorter.removeSubrange(start..<min(start + size, steps.count))
        if try fails(shorter) { steps = shorter } else { start += size }
      }
      size /= 2
    }
    return steps
  }
}
