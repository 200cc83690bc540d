import Testing

@testable import Solvers
@testable import Tensor

/// The auditor is itself audited: broken mechanisms are caught within the default budget, truthful ones never accused.
@Suite struct MechanismAuditTests {
  private func audit(
    _ mechanism: any Mechanism, _ change: (inout AuditOptions) -> Void = { _ in }
  ) throws -> MechanismAudit {
    var options = AuditOptions(threads: 2)
    change(&options)
    return try MechanismAuditor(mechanism, options: options).run()
  }

  // MARK: Broken ones

  @Test(
    arguments: [
      HighestBidWins(.first), HighestBidWins(.third), HighestBidWins(.ownHalf),
      AuditedDoubleAuction.wrongMcAfee, AuditedDoubleAuction.printed(.uniformNext),
      AuditedDoubleAuction.printed(.generalizedSecond), AuditedDoubleAuction.printed(.second),
      PublicProject(.ownBidInPivot), PublicProject(.sideBySide),
    ] as [any ConcurrentMechanism])
  func brokenMechanismsAreCaught(mechanism: any ConcurrentMechanism) throws {
    let audit = try audit(mechanism) { $0.properties = [.incentiveCompatibility] }
    let verdict = try #require(audit[.incentiveCompatibility])
    let counterexample = try #require(verdict.counterexample, "\(mechanism.name): \(verdict.sentence)")
    // The case can be made again, and says what it said.
    let again = try #require(try MechanismAuditor(mechanism).replay(counterexample))
    #expect(again == counterexample.excess && again > 1e-6)
  }

  @Test func aFirstPriceRewardsLiesAboutTheOwnValueOnly() throws {
    let audit = try audit(HighestBidWins(.first))
    #expect(audit[.incentiveCompatibility]?.isViolated == true)
    #expect(audit[.bayesianCompatibility]?.isViolated == true)
    #expect(audit[.paymentIdentity]?.isViolated == true)
    #expect(audit[.monotonicity]?.isViolated == false)
    #expect(audit[.individualRationality]?.isViolated == false)
    #expect(audit[.efficiency]?.isViolated == false)
    #expect(audit[.feasibility]?.isViolated == false)
  }

  // MARK: Truthful ones

  @Test(arguments: [0, 1, 2, 3, 20_261_121] as [UInt64])
  func truthfulMechanismsAreNeverAccused(seed: UInt64) throws {
    let promises: [(any ConcurrentMechanism, [MechanismProperty])] = [
      (
        HighestBidWins(.second),
        [
          .individualRationality, .efficiency, .anonymity, .envyFreeness, .feasibility,
          .monotonicity, .paymentIdentity,
        ]
      ),
      (AuditedDoubleAuction.mcAfee, [.individualRationality, .anonymity, .monotonicity, .paymentIdentity]),
      (
        AuditedDoubleAuction.sharedCost,
        [.individualRationality, .strongBudgetBalance, .monotonicity, .paymentIdentity]
      ),
      (PublicProject(.pivot), [.efficiency, .anonymity]),
    ]
    for (mechanism, more) in promises {
      let audit = try audit(mechanism) {
        $0.seed = seed
        $0.properties = [.incentiveCompatibility, .weakBudgetBalance, .bayesianCompatibility] + more
      }
      #expect(audit.violated.isEmpty, "\(mechanism.name): \(audit.violated)")
    }
  }

  /// In units of money of any size.
  @Test(arguments: [1e-12, 1e-3, 1e9])
  func toleranceGoesWithTheNumbers(unit: Double) throws {
    let space = ReportSpace.number("value", 0...unit)
    #expect(try audit(HighestBidWins(.second, space: space))[.incentiveCompatibility]?.isViolated == false)
    #expect(try audit(HighestBidWins(.first, space: space))[.incentiveCompatibility]?.isViolated == true)
  }
}
