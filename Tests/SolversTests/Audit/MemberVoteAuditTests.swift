import Testing

@testable import Solvers
@testable import Tensor

/// PMS-AM's vote on asks: rejecting a colleague never hurts, until votes count on evidence only.
@Suite struct MemberVoteAuditTests {
  private func audit(_ mechanism: MemberVoteMechanism) throws -> (MechanismAudit, MechanismAuditor) {
    let auditor = MechanismAuditor(
      mechanism,
      options: AuditOptions(
        properties: [.individualRationality, .incentiveCompatibility, .strongBudgetBalance, .weakBudgetBalance]))
    return (try auditor.run(), auditor)
  }

  /// Specification A15: three members of equal benefit share 30; one refusal moves (10, 10, 10) to (0, 15, 15).
  @Test func theSpecificationsCase() throws {
    let mechanism = try MemberVoteMechanism(benefits: [2, 2, 2], receipt: 30, variant: .paper)
    let all = [1.0, 1, 1]
    #expect(try mechanism.run([all, all, all, [30]]).payments == [-10, -10, -10, 30])
    // At least half of three members is two: both others must approve.
    #expect(try mechanism.run([all, [0, 1, 1], all, [30]]).payments == [0, -15, -15, 30])
    let found = try audit(mechanism)
    let counterexample = try #require(found.0[.incentiveCompatibility]?.counterexample)
    #expect(try found.1.replay(counterexample) == counterexample.excess)
    // When everybody is refused, nobody has what came in.
    #expect(found.0[.strongBudgetBalance]?.isViolated == true && found.0[.weakBudgetBalance]?.isViolated == false)
  }

  /// Refusing is never worse, and sometimes better, whatever the others say.
  @Test func refusingIsWeaklyDominantAsPrinted() throws {
    let mechanism = try MemberVoteMechanism(benefits: [1, 3, 2, 4], receipt: 60, variant: .paper)
    var stream = RandomStream(seed: 1, purpose: "votes")
    var better = 0
    for _ in 0..<2000 {
      var votes = (0..<4).map { voter in (0..<4).map { $0 == voter ? 1 : Double(stream.integer(below: 2)) } }
      votes[0][2] = 1
      let kept = try mechanism.run(votes + [[60]]).payments[0]
      votes[0][2] = 0
      let refused = try mechanism.run(votes + [[60]]).payments[0]
      #expect(refused <= kept)
      if refused < kept { better += 1 }
    }
    #expect(better > 100)
  }

  @Test func votesOnEvidenceDecideNothingWithoutIt() throws {
    let found = try audit(MemberVoteMechanism(benefits: [1, 3, 2], receipt: 12)).0
    for property in [MechanismProperty.incentiveCompatibility, .strongBudgetBalance, .individualRationality] {
      guard case .proved = found[property] else {
        Issue.record("\(property) is not proved: \(found[property]?.sentence ?? "")")
        continue
      }
    }
    // With evidence against somebody the others decide again, and have a reason of their own.
    let accused = try audit(
      MemberVoteMechanism(benefits: [1, 3, 2], receipt: 12, evidence: [false, true, false])
    ).0
    #expect(accused[.incentiveCompatibility]?.isViolated == true)
  }

  @Test func badVotesAreRefused() {
    #expect(throws: SolverError.self) { try MemberVoteMechanism(benefits: [1], receipt: 1) }
    #expect(throws: SolverError.self) { try MemberVoteMechanism(benefits: [1, -1], receipt: 1) }
    #expect(throws: SolverError.self) { try MemberVoteMechanism(benefits: [1, 1], receipt: .nan) }
    #expect(throws: SolverError.self) { try MemberVoteMechanism(benefits: [1, 1], receipt: 1, evidence: [true]) }
  }
}
