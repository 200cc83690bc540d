import Tensor
import Testing

@testable import Solvers

@Suite struct FairnessTests {
  /// Whatever is paid, utilities and profit add up to what is created.
  @Test func accountsAddUp() throws {
    var random = RandomStream(seed: 4, purpose: "accounts")
    func numbers(_ count: Int) -> [Double] { (0..<count).map { _ in random.uniform(-5, 9) } }
    for _ in 0..<50 {
      let accounts = try FederationAccounts(
        providerPayments: numbers(3), providerCosts: numbers(3), userPayments: numbers(4), userValues: numbers(4))
      let utilities = (accounts.providerUtilities + accounts.userUtilities).reduce(0, +)
      #expect(abs(utilities + accounts.profit - accounts.socialSurplus) < 1e-12 * 100)
    }
    #expect(throws: SolverError.self) {
      try FederationAccounts(providerPayments: [1], providerCosts: [], userPayments: [], userValues: [])
    }
  }

  /// Everybody alike, and paid in proportion: nothing to complain of by any measure.
  @Test func equalsAreTreatedFairly() throws {
    let fair = try FairnessMeasures(payments: [3, 3, 3], unitCosts: [1, 1, 1], accepted: [2, 2, 2])
    #expect(fair.isEnvyFree && fair.largestEnvy == 0 && fair.proportionalityGap == 0)
    #expect(fair.gini == 0 && fair.unitPriceVariance == 0 && fair.egalitarian == 1)
  }

  @Test func giniByDefinition() throws {
    let payments = [5.123, 4.667, 4.111, 6.412, 9]
    let measures = try FairnessMeasures(
      payments: payments, unitCosts: [0, 0, 0, 0, 0], accepted: [1, 1, 1, 1, 1])
    let differences = payments.reduce(0) { sum, a in sum + payments.reduce(0) { $0 + abs(a - $1) } }
    #expect(abs(measures.gini - differences / (2 * 5 * payments.reduce(0, +))) < 1e-12)
  }

  /// Envy is of another's payment together with its duty, at one's own cost.
  @Test func envyCountsOnesOwnCosts() throws {
    let envy = try FairnessMeasures(payments: [1, 4], unitCosts: [10, 1], accepted: [0.1, 2])
    // The first would have 4 - 20; the second has 2 and would have 0.9.
    #expect(envy.isEnvyFree && abs(envy.largestEnvy - (0.9 - 2)) < 1e-12)
  }

  @Test func dataThatNobodyOwnsCannotBeOffered() throws {
    #expect(throws: OverClaim.self) { try DataOffering(claimed: [5], owned: [4]) }
    #expect(try DataOffering(claimed: [3, 2], owned: [4, 2.5]).rate == 5 / 6.5)
    #expect(throws: SolverError.self) { try DataOffering(claimed: [0], owned: [0]) }
  }
}
