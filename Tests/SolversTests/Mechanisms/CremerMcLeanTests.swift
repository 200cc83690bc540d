import Tensor
import Testing

@testable import Solvers

/// Full extraction from correlated types: when it is possible, what it costs, and why it is not when it is not.
@Suite struct CremerMcLeanTests {
  private static let three = try? CremerMcLean(
    valuations: [[3.868, 4.115], [2.089, 2.797], [1.386, 4.61]],
    prior: [0.313674, 0.034524, 0.043412, 0.066859, 0.032328, 0.09066, 0.082243, 0.3363])

  private func two(correlation: Double) throws -> CremerMcLean {
    try CremerMcLean(
      valuations: [[4, 1], [3, 1]],
      prior: [0.25 + correlation / 2, 0.25 - correlation / 2, 0.25 - correlation / 2, 0.25 + correlation / 2])
  }

  /// The largest expected gain of a lie, the largest loss of taking part, and the largest missing value at a profile.
  private func complaints(
    _ users: CremerMcLean, _ payments: [[Double]]
  ) throws -> (lie: Double, loss: Double, missing: Double) {
    var result = (lie: -Double.infinity, loss: -Double.infinity, missing: 0.0)
    for user in 0..<users.users {
      let beliefs = try users.law.beliefs(of: user)
      func expected(_ type: Int, _ said: Int) -> Double {
        beliefs[type].enumerated().reduce(0) {
          $0 + $1.element * payments[user][users.law.profile(of: user, type: said, others: $1.offset)]
        }
      }
      for type in beliefs.indices {
        result.loss = max(result.loss, -(users.valuations[user][type] + expected(type, type)))
        for said in beliefs.indices where said != type {
          result.lie = max(result.lie, expected(type, said) - expected(type, type))
        }
      }
    }
    for profile in 0..<users.law.profileCount {
      let total = (0..<users.users).reduce(users.totalValue(profile)) { $0 + payments[$1][profile] }
      result.missing = max(result.missing, abs(total))
    }
    return result
  }

  @Test func exPostPaymentsOfThreeUsersExtractEverything() throws {
    let users = try #require(Self.three)
    let payments = try #require(try users.payments(.exPost).payments)
    let found = try complaints(users, payments)
    #expect(found.lie < 1e-6 && found.loss < 1e-6 && found.missing < 1e-6)
    #expect(try users.loss(Array(payments.joined())).total < 1e-6, "the printed loss vanishes there")
  }

  /// The closer to independence, the larger the bets: the specification's table.
  @Test(arguments: [(0.2, 6.25), (0.1, 10), (0.05, 17.5), (0.02, 40), (0.01, 77.5), (0.001, 752.5)])
  func paymentsExplodeNearIndependence(correlation: Double, largest: Double) throws {
    let users = try two(correlation: correlation)
    let extraction = try users.payments(.interim)
    #expect(abs(try #require(extraction.largestPayment) - largest) < 1e-5 * largest)
    let found = try complaints(users, try #require(extraction.payments))
    #expect(found.lie < 1e-6 && abs(found.loss) < 1e-6)
  }

  /// The condition holds for two users and ex-post extraction fails all the same; the demands that clash say why.
  @Test func twoUsersCannotBalanceAtEveryProfile() throws {
    let users = try two(correlation: 0.3)
    #expect(try users.beliefCondition().holds)
    #expect(try !users.identifiability().isIdentifiable)
    let extraction = try users.payments(.exPost)
    #expect(!extraction.isFeasible)
    // Weighted, the demands say: no payment at all (they cancel) is at least something above 0.
    var payments = [Double](repeating: 0, count: users.users * users.law.profileCount)
    var bound = 0.0
    for demand in extraction.contradiction {
      switch demand.kind {
      case .budget(let types):
        let profile = users.law.profile(types)
        for user in 0..<users.users { payments[users.place(user, profile)] += demand.weight }
        bound -= demand.weight * users.totalValue(profile)
      case .participation(let user, let type):
        #expect(demand.weight >= 0)
        for term in users.expectedPayment(of: user, type: type, saying: type) {
          payments[term.variable] += demand.weight * term.factor
        }
        bound -= demand.weight * users.valuations[user][type]
      case .truth(let user, let type, let said):
        #expect(demand.weight >= 0)
        for term in users.expectedPayment(of: user, type: type, saying: type) {
          payments[term.variable] += demand.weight * term.factor
        }
        for term in users.expectedPayment(of: user, type: type, saying: said) {
          payments[term.variable] -= demand.weight * term.factor
        }
      case .extraction: Issue.record("there is no such demand in the ex-post form")
      }
    }
    #expect(payments.allSatisfy { abs($0) < 1e-9 } && bound > 1e-6)
  }

  @Test(arguments: Extraction.allCases)
  func independentTypesCannotBeExtracted(extraction: Extraction) throws {
    let users = try two(correlation: 0)
    #expect(try !users.beliefCondition().holds)
    #expect(try !users.payments(extraction).isFeasible)
  }

  @Test func theGradientIsTheSlopeOfTheLoss() throws {
    let users = try #require(Self.three)
    var random = RandomStream(seed: 2, purpose: "payments")
    let payments = (0..<24).map { _ in random.uniform(-4, 1) }
    let loss = try users.loss(payments)
    for place in payments.indices {
      var (above, below) = (payments, payments)
      above[place] += 1e-6
      below[place] -= 1e-6
      let slope = (try users.loss(above).total - users.loss(below).total) / 2e-6
      #expect(abs(slope - loss.gradient[place]) < 1e-6)
    }
  }

  @Test func descentDescends() throws {
    let users = try #require(Self.three)
    let (losses, payments) = try users.descent(from: Array(repeating: 0, count: 24), rate: 0.2, steps: 50)
    #expect(losses.count == 51)
    #expect(losses[50] < losses[0] / 5)
    #expect(try users.loss(payments).total == losses[50])
  }

  @Test func beliefsDoNotDependOnHowProfilesAreCounted() throws {
    let law = try TypeLaw(typeCounts: [2, 3, 2], probabilities: (0..<12).map { Double($0 + 1) / 78 })
    for profile in 0..<12 {
      #expect(law.profile(law.types(of: profile)) == profile)
      for user in 0..<3 {
        let (type, others) = (law.type(of: user, in: profile), law.others(of: user, in: profile))
        #expect(law.profile(of: user, type: type, others: others) == profile)
      }
    }
    for user in 0..<3 {
      for belief in try law.beliefs(of: user) { #expect(abs(belief.reduce(0, +) - 1) < 1e-12) }
    }
  }

  @Test(arguments: [[0.4, 0.1, 0.1, 0.5], [0.5, 0.6, -0.1, 0], [0.5, 0.5, 0, 0]])
  func whatIsNoPriorIsRefused(prior: [Double]) throws {
    #expect {
      try CremerMcLean(valuations: [[4, 1], [3, 1]], prior: prior)
    } throws: {
      ($0 as? any Diagnosable)?.kind == "InvalidPrior"
    }
  }

  /// As a mechanism: by its own beliefs no type gains by another report, and each expects to keep nothing.
  @Test func theMechanismExtractsEverything() throws {
    let users = try two(correlation: 0.3)
    let mechanism = try ExtractionMechanism(users)
    for user in 0..<2 {
      let beliefs = try users.law.beliefs(of: user)
      for type in 0..<2 {
        func expectedUtility(_ said: Int) throws -> Double {
          try (0..<2).reduce(0) { sum, other in
            var reports = [[0.0, 0], [0.0, 0]]
            var truth = reports
            truth[user] = [users.valuations[user][type], Double(type + 1)]
            truth[1 - user] = [users.valuations[1 - user][other], Double(other + 1)]
            reports = truth
            reports[user] = [users.valuations[user][said], Double(said + 1)]
            let outcome = try mechanism.run(reports)
            return try sum
              + beliefs[type][other] * mechanism.utility(of: user, true: Profile(truth), outcome: outcome)
          }
        }
        #expect(abs(try expectedUtility(type)) < 1e-6)
        #expect(try expectedUtility(1 - type) < 1e-6)
      }
    }
  }
}
