import Tensor
import Testing

@testable import Solvers

@Suite struct IncentiveGameTests {
  private func reports(_ members: Int, seed: UInt64) -> MemberReports {
    var stream = RandomStream(seed: seed, purpose: "reports")
    func draw(_ low: Double, _ high: Double) -> [Double] { (0..<members).map { _ in stream.uniform(low, high) } }
    return MemberReports(
      dataSizes: draw(500, 9000).map { $0.rounded() }, losses: draw(0.1, 2.3), ages: draw(1, 40),
      gradientNorms: draw(0.2, 5), frequencies: draw(3e9, 5e9))
  }

  private func game(_ members: Int, _ providers: Int, seed: UInt64) -> IncentiveGame {
    var stream = RandomStream(seed: seed, purpose: "providers")
    let attention = (0..<providers).map { _ in stream.uniform(0.2, 0.8) }
    return IncentiveGame(
      reports: reports(members, seed: seed), budgets: (0..<providers).map { _ in stream.uniform(200, 3000) },
      qualityAttention: attention, freshnessAttention: attention.map { 1 - $0 })
  }

  /// The default market of the specification: equal members, Q 0.81 and F 1.62, five providers with budget 1000.
  @Test func defaultMarket() throws {
    // mu_1 / (mu_1 + H) = 0.81 and ln(1 + 10 / T) = 1.62.
    let members = 10
    let same = { (value: Double) in [Double](repeating: value, count: members) }
    let point = try IncentiveGame(
      reports: MemberReports(
        dataSizes: same(5000), losses: same(2 / 0.81 - 2), ages: same(2.467_5), gradientNorms: same(2),
        frequencies: (0..<members).map { 3e9 + 2e9 * Double($0) / 9 }),
      budgets: [1000, 1000, 1000, 1000, 1000], rounding: .floor
    ).solve()
    #expect(abs(point.assessment.quality - 0.81) < 1e-12)
    #expect(abs(point.assessment.freshness - 1.62) < 1e-3)
    #expect(abs(point.quality.bids[0, 0] - 18.1) < 0.1)
    #expect(abs(point.freshness.bids[0, 0] - 15.3) < 0.1)
    #expect(point.spending.allSatisfy { abs($0 - 335) < 1 })
    #expect(point.members.iterations.min() == 3 && point.members.iterations.max() == 12)
    #expect(point.members.privacyBudgets.allSatisfy { $0 == 5 })
    #expect(abs(point.ask - 198) < 1)
    #expect(point.providerUtilities.allSatisfy { abs($0 - 93.5) < 0.5 })
  }

  /// Nobody gains by departing, as far as a search without closed forms finds.
  @Test(arguments: [(4, 2), (10, 5), (23, 17), (60, 9)])
  func nobodyGainsByDeparting(members: Int, providers: Int) throws {
    for seed in 0..<10 {
      let point = try game(members, providers, seed: UInt64(seed)).solve()
      let regret = try #require(point.regret)
      #expect(regret.maximumRegret < 1e-9, "\(regret.member); \(regret.provider)")
    }
  }

  /// The search would see a departure: bids moved by one percent, or a member's iterations rounded down, leave regret.
  @Test func theSearchSeesDepartures() throws {
    var floored = game(10, 5, seed: 3)
    floored.rounding = .floor
    let flooredRegret = try #require(try floored.solve().regret)
    #expect(flooredRegret.member.gain > 1e-6)
    #expect(flooredRegret.provider.relativeGain < 1e-9)

    var printed = game(10, 5, seed: 3)
    printed.variant = .paper
    let printedRegret = try #require(try printed.solve().regret)
    #expect(printedRegret.provider.relativeGain > 0.01)
  }

  /// What rounding down costs on 300 random markets: about one member in eleven abstains though one iteration would
  /// pay, and those who work lose up to two percent. No provider is touched, for bids do not depend on efforts.
  @Test func roundingDownCostsMembers() throws {
    var abstaining = 0
    var forgone = 0.0
    var losses: [Double] = []
    for seed in 0..<300 {
      var market = game(10, 5, seed: UInt64(seed))
      let best = try market.solve(verified: false)
      market.rounding = .floor
      let floored = try market.solve(verified: false)
      #expect(floored.providerUtilities == best.providerUtilities)
      for member in 0..<10 {
        let (low, high) = (floored.members.utilities[member], best.members.utilities[member])
        #expect(low <= high)
        if floored.members.iterations[member] == 0, high > 0 {
          abstaining += 1
          forgone += high
        } else {
          losses.append((high - low) / high)
        }
      }
    }
    #expect(abs(Double(abstaining) / 3000 - 0.093) < 0.005)
    #expect(abs(forgone / Double(abstaining) - 32) < 1)
    #expect(try #require(losses.max()) < 0.025)
    #expect(losses.reduce(0, +) / Double(losses.count) < 0.0025)
  }

  /// What one player's deviation found by the search is worth can be checked by hand.
  @Test func reportedDeviationIsWorthItsGain() throws {
    var floored = game(10, 5, seed: 3)
    floored.rounding = .floor
    let point = try floored.solve()
    let deviation = try #require(point.regret).member
    let utility = try IncentiveModel.memberUtility(
      benefit: Matrix(rows: 1, columns: 5, elements: Array(point.benefit.row(deviation.member))),
      iterations: [Double(deviation.iterations)], privacyBudgets: [deviation.privacyBudget],
      computationCost: [point.assessment.computationCost[deviation.member]],
      privacyCost: [point.assessment.privacyCost[deviation.member]], concavity: 0.5)[0]
    #expect(abs(utility - point.members.utilities[deviation.member] - deviation.gain) < 1e-9)
  }

  /// Identities that tie the parts of a solution together.
  @Test func partsAgreeWithEachOther() throws {
    let point = try game(12, 6, seed: 5).solve(verified: false)
    #expect(point.regret == nil)
    for table in [point.quality, point.freshness] {
      for member in 0..<12 { #expect(abs(table.winProbability.row(member).reduce(0, +) - 1) < 1e-12) }
    }
    for (spent, budget) in zip(point.spending, point.budgets) { #expect(spent > 0 && spent < budget / 2) }
    let utilities = try BidContest.providerUtility(
      qualityBids: point.quality.bids, freshnessBids: point.freshness.bids, benefit: point.benefit,
      qualityValue: point.quality.values, freshnessValue: point.freshness.values)
    for (a, b) in zip(utilities, point.providerUtilities) { #expect(abs(a - b) < 1e-9 * max(1, abs(b))) }
    #expect(point.providerUtilities.allSatisfy { $0 >= 0 })
    #expect(point.members.utilities.allSatisfy { $0 >= 0 })
    for member in 0..<12 {
      let owed = (0..<6).reduce(0) {
        $0 + point.quality.loads[member, $1] * point.quality.bids[member, $1]
          + point.freshness.loads[member, $1] * point.freshness.bids[member, $1]
      }
      #expect(abs(owed - point.benefit.row(member).reduce(0, +)) < 1e-9 * owed)
    }
  }

  @Test func errors() throws {
    var alone = game(3, 1, seed: 1)
    #expect(throws: SolverError.self) { try alone.solve() }
    alone.reports.losses = []
    let empty = try #require(throws: SolverError.self) { try alone.solve() }
    #expect(empty.reason == .emptyInput)
    var late = game(3, 2, seed: 1)
    late.parameters.decisionPeriod = 0.1
    let infeasible = try #require(throws: SolverError.self) { try late.solve() }
    #expect(infeasible.reason == .infeasible)
    let stopped = Cancellation { true }
    #expect(throws: Cancelled.self) { try game(3, 2, seed: 1).solve(cancellation: stopped) }
  }

  /// Members who abstain are not in the organisation's ask.
  @Test func abstainersDoNotAsk() throws {
    let round = try IncentiveRound.played(
      reports: MemberReports(
        dataSizes: [5000, 1], losses: [0.2, 2.3], ages: [2, 5000], gradientNorms: [1, 1], frequencies: [4e9, 5e9]),
      qualityBids: Matrix(rows: 2, columns: 2, repeating: 20),
      freshnessBids: Matrix(rows: 2, columns: 2, repeating: 20))
    #expect(round.strategies.iterations[0] > 0 && round.strategies.iterations[1] == 0)
    #expect(round.ask == round.benefits[0])
  }
}
